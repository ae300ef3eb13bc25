import { MongoError } from '../errors.ts';
import { aggregate } from './aggregate.ts';
import { bulkWrite } from './bulkWrite.ts';
import { create, drop, dropDatabase, listCollections, listDatabases } from './collections.ts';
import type { Command } from './command.ts';
import { explain } from './explain.ts';
import { count, distinct, find, getMore, killCursors } from './find.ts';
import { findAndModify } from './findAndModify.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { insert, remove, update } from './write.ts';

/** Every command that works on data. */
export const commands: readonly Command[] = [
  insert,
  update,
  remove,
  findAndModify,
  bulkWrite,
  find,
  getMore,
  killCursors,
  count,
  distinct,
  aggregate,
  explain,
  createIndexes,
  listIndexes,
  dropIndexes,
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
];

const byName = new Map(commands.map((command) => [command.name, command]));

/** Gives the command of this name. */
export function getCommand(name: string): Command {
  const command = byName.get(name);
  if (!command) throw new MongoError(59, `no such command: '${name}'`);
  return command;
}
