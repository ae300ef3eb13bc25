import { dirname } from 'node:path';
import type { BPMNServer as BPMNServerType } from 'bpmn-server';
import { contend, SEQUENCE, silence, TASKS } from '../support/contestant.ts';

silence();
const {
  BPMNServer,
  Configuration,
  DefaultAppDelegate,
  Logger,
  ModelsDatastore,
  NoCacheManager,
  ScriptHandler,
} = await import('bpmn-server');
const { MemoryDataStore } = await import('./bpmn-server-store.ts');
// Its listener would swallow our own errors.
process.removeAllListeners('uncaughtException');

/** The default configuration, but for the diagrams' folder, a logger that does not print, and the store in memory. */
const logger = new Logger({ toConsole: false });
const configuration = new Configuration({
  definitionsPath: `${dirname(SEQUENCE)}/`,
  templatesPath: '',
  timers: { forceTimersDelay: 1000, precision: 3000 },
  database: { MongoDB: { db_url: 'mongodb://localhost:27017', db: 'bpmn' } },
  apiKey: '',
  logger: () => logger,
  definitions: (server: BPMNServerType) => new ModelsDatastore(server),
  appDelegate: (server: BPMNServerType) => new DefaultAppDelegate(server),
  dataStore: (server: BPMNServerType) => new MemoryDataStore(server),
  cacheManager: (server: BPMNServerType) => new NoCacheManager(server),
  scriptHandler: () => new ScriptHandler(),
});
const server = new BPMNServer(configuration, logger, { cron: false });
const store = server.dataStore as InstanceType<typeof MemoryDataStore>;

await contend(async () => {
  const { id } = (await server.engine.start('seq10', {})).instance;
  for (let task = 1; task <= TASKS; task++) {
    await server.engine.invoke({ id, 'items.elementId': `Task${task}` }, {});
  }
  const { status } = await store.findInstance({ id }, 'summary');
  if (status !== 'end') throw new Error(`the instance is ${status}`);
  await store.deleteInstances({ id });
  // What it keeps for ever is not held against it.
  logger.clear();
  store.promises = [];
});
