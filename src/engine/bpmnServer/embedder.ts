import type { IConfiguration, IDataStore, IModelsDatastore } from 'bpmn-server';
import { currentStep } from './currentStep.ts';
import { feelScripts } from './guards/feelScripts.ts';
import { quietly } from './guards/quiet.ts';
import { toDocument } from './instanceDocument.ts';
import type { Item, Library } from './library.ts';
import type { Embedded, Model } from './model.ts';
import { visibleVariables } from './variables.ts';
import { announce, conclude } from './waiting.ts';

/** Whatever bpmn-server may ask that has no place here fails loudly. */
const refuse = (): never => {
  throw new Error('bpmn-server has no store, no clock and no mail of its own here');
};

/** Starts bpmn-server without database, timers, services and log; what it does is told to the current step. */
export function embed(library: Library): Embedded {
  const configuration = configure(library);
  const server = quietly(() => new library.BPMNServer(configuration, configuration.logger, { cron: false }));
  const { EXECUTION_EVENT } = library;
  server.listener.on(EXECUTION_EVENT.node_wait, ({ context }: { context: { item: Item } }) => {
    announce(context.item);
  });
  server.listener.on(EXECUTION_EVENT.node_end, ({ context }: { context: { item: Item } }) => {
    conclude(context.item.id, 'cancelled');
  });
  return {
    engine: server.engine,
    async read(name, xml): Promise<Model> {
      const definition = new library.Definition(name, xml, server);
      await definition.load();
      const { processes, nodes, flows, accessRules } = definition;
      return { processes, nodes, flows, accessRules };
    },
  };
}

function configure(library: Library): IConfiguration {
  return {
    timers: { forceTimersDelay: 0, precision: 0 },
    database: {
      MongoDB: { db_url: '', db: '', Locks_collection: '', Instance_collection: '', Archive_collection: '' },
    },
    apiKey: '',
    logger: logger(),
    definitions,
    appDelegate: (server) => new (delegateClass(library))(server),
    dataStore: () => dataStore(library),
    scriptHandler: () => feelScripts,
    cacheManager: (server) => new library.NoCacheManager(server),
  };
}

/** An error is thrown: one that is only logged would let a failing step go on. */
function logger(): IConfiguration['logger'] {
  const nothing = () => {};
  const fail = (error: unknown) => {
    throw error instanceof Error ? error : new Error(String(error));
  };
  return {
    setOptions: nothing,
    clear: nothing,
    get: () => [],
    debug: nothing,
    warn: nothing,
    log: nothing,
    error: fail,
    reportError: fail,
    save: async () => {},
    saveForInstance: nothing,
  };
}

/** Models come with the step: nothing is looked up by name. */
function definitions(): IModelsDatastore {
  const model: Pick<IModelsDatastore, 'getSource' | 'getSVG'> = {
    getSource: async () => '',
    getSVG: async () => '',
  };
  return new Proxy(model, { get: (target, name) => Reflect.get(target, name) ?? refuse }) as IModelsDatastore;
}

/** The buffer of a step: it gives the state the step began with; `oneSave` keeps the new one. */
function dataStore(library: Library): IDataStore {
  const load = () => {
    const { before } = currentStep();
    if (before === null) throw new Error('a new instance cannot be loaded');
    return toDocument(before, library);
  };
  const store = {
    locker: { lock: async () => true, release: async () => {} },
    findInstance: async () => load(),
  };
  return new Proxy(store, {
    get: (target, name) => Reflect.get(target, name) ?? refuse,
  }) as unknown as IDataStore;
}

function delegateClass({ DefaultAppDelegate }: Library) {
  return class extends DefaultAppDelegate {
    override startUp() {}
    override async getServicesProvider() {
      return {};
    }
    override async messageThrown(name: string, _output: unknown, _key: unknown, item: Item) {
      const variables = visibleVariables(item.token);
      currentStep().effects.push({ type: 'messageSent', flowNode: item.elementId, name, variables });
    }
  };
}
