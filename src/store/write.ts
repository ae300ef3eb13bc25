import type { mongo } from 'mongoose';
import type { Tx } from './store.ts';

type Part = mongo.AnyClientBulkWriteModel<mongo.Document>;

/** Makes the error that tells of a write that could not be done. */
export type Refusal = (cause?: unknown) => Error;

/** One of the writes that make up a step, as parts of a common command or as a command of its own. */
export interface Write {
  parts(): Part[];
  /** Answers how many records it found. */
  alone(tx: Tx): Promise<number>;
  /** How many records it must find; null: that does not matter. */
  mustFind: number | null;
  /** What it means that it found another number, or that a unique index refused it; null: a fault. */
  refusal: Refusal | null;
}
