import { parseArgs } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { readConfig } from '../config.ts';
import { backUp } from './backUp.ts';
import { BackupError } from './backupError.ts';
import { runCommand, toTerminal } from './command.ts';
import { bytesText, progressLines } from './progress.ts';

/** `npm run backup -- <folder> [--files-only]`. */
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'files-only': { type: 'boolean', default: false } },
  });
  const [target, ...rest] = positionals;
  if (target === undefined || rest.length > 0)
    throw new BackupError('npm run backup -- <folder to make> [--files-only]');
  const { store, parts } = await backUp({
    config: readConfig(process.env),
    target,
    filesOnly: values['files-only'],
    productVersion: manifest.version,
    createdAt: new Date().toISOString(),
    progress: progressLines(toTerminal),
  });
  const size = bytesText(parts.reduce((sum, part) => sum + part.size, 0));
  const without = store === null ? ', without the database' : '';
  return `Backed up ${parts.length} files, ${size}, to ${target}${without}.`;
});
