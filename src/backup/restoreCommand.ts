import { parseArgs } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { readConfig } from '../config.ts';
import { BackupError } from './backupError.ts';
import { runCommand, toTerminal } from './command.ts';
import { progressLines } from './progress.ts';
import { restore } from './restore.ts';

/** `npm run restore -- <folder> [--force]`. */
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { force: { type: 'boolean', default: false } },
  });
  const [source, ...rest] = positionals;
  if (source === undefined || rest.length > 0)
    throw new BackupError('npm run restore -- <folder of a backup> [--force]');
  const config = readConfig(process.env);
  const restored = await restore({
    config,
    source,
    force: values.force,
    productVersion: manifest.version,
    stamp: new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
    progress: progressLines(toTerminal),
  });
  const { createdAt, store, parts } = restored.manifest;
  const lines = [`Restored ${parts.length} files of ${createdAt} to ${config.dataDir}.`];
  if (restored.kept !== null) lines.push(`What was there is kept in ${restored.kept}.`);
  if (store === null)
    lines.push('The database is not in this backup: restore it with the tools of its server.');
  return lines.join('\n');
});
