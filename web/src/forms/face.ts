import { createContext, useContext } from 'react';
import type { Schema } from '../api/client.ts';
import { type Form, type FormTexts, type Path, pointerOf } from './layout.ts';

/** A remark that an answer may be about. */
export interface RemarkChoice {
  id: string;
  label: string;
}

/** What every field of a form needs beside its own value. */
export interface Face {
  form: Form;
  texts: FormTexts;
  /** Where the fields that are shown begin: `[]`, or `['land']` for one section. */
  base: Path;
  /** What is wrong, by pointer; only what is to be shown. */
  messages: ReadonlyMap<string, string>;
  readOnly: boolean;
  /** The person has left a field. */
  touch(pointer: string): void;
  documents: Schema<'Document'>[];
  pieces: Schema<'Procedure'>['pieces'];
  remarks: RemarkChoice[];
}

export const FaceContext = createContext<Face | null>(null);

/** The face of the form a field is in. */
export function useFace(): Face {
  const face = useContext(FaceContext);
  if (face === null) throw new Error('a field stands outside of its form');
  return face;
}

/** The place of a field in the whole form, and what is wrong there. */
export function usePlace(path: Path) {
  const face = useFace();
  const whole = [...face.base, ...path];
  const pointer = pointerOf(whole);
  return { face, path: whole, pointer, message: face.messages.get(pointer) };
}
