import { MongoError } from '../errors.ts';
import type { Document } from '../values/value.ts';
import { type Stage, stages } from './stages.ts';

/** Reads a pipeline, refusing every stage that is not supported, before any document is read. */
export function compilePipeline(pipeline: readonly Document[]): Stage {
  const compiled = pipeline.map((stage) => {
    const [name, ...more] = Object.keys(stage);
    if (name === undefined || more.length > 0)
      throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
    const compile = Object.hasOwn(stages, name) ? stages[name] : undefined;
    if (!compile) throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
    return compile(stage[name]);
  });
  return (documents) => compiled.reduce<Iterable<Document>>((input, stage) => stage(input), documents);
}
