import { createHash } from 'node:crypto';
import { CompileError } from '../errors.ts';
import type { Definition } from '../types.ts';
import { readDiagram } from './diagram.ts';
import { checkDocument } from './hostileXml.ts';
import { findReach } from './reach.ts';
import { read } from './read.ts';
import { Report } from './report.ts';
import { RULES } from './rules.ts';

const MAX_CACHED = 1_000;
const cache = new Map<string, Definition>();

/**
 * Compiles the executable process of a BPMN 2.0 document, once for each content.
 * @throws CompileError with every reason found why it would not run exactly as drawn
 */
export async function compile(xml: string): Promise<Definition> {
  const hash = createHash('sha256').update(xml).digest('hex');
  const known = cache.get(hash);
  if (known) return known;
  const definition = await build(xml, hash);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(hash, definition);
  return definition;
}

async function build(xml: string, hash: string): Promise<Definition> {
  const report = new Report();
  checkDocument(xml, report);
  stopIfRefused(report);
  const definitions = await read(xml, report);
  if (definitions === null) throw new CompileError(report.refusals);
  const draft = readDiagram(definitions, report);
  for (const rule of RULES) if (Object.keys(draft.processes).length > 0) rule(draft, report);
  stopIfRefused(report);
  findReach(draft);
  return freeze({ hash, ...draft });
}

function stopIfRefused(report: Report): void {
  if (report.refusals.length > 0) throw new CompileError(report.refusals);
}

/** Freezes plain data all the way down. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
  return value;
}
