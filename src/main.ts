import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino, { type Logger } from 'pino';
import manifest from '../package.json' with { type: 'json' };
import { bindUseCases } from './bindUseCases.ts';
import { type Config, readConfig } from './config.ts';
import { ulid } from './domain/identifiers.ts';
import { deadline } from './domain/legalTime/deadline.ts';
import { openCalendarByTerritory } from './domain/legalTime/workingTime.ts';
import { SYSTEM } from './domain/party.ts';
import { bpmnCore } from './engine/bpmnCore.ts';
import { createHost } from './engine/host.ts';
import { refusalsOf } from './engine/hostProfile.ts';
import type { Interpreter } from './engine/interpreter.ts';
import { evaluate, timerDue } from './engine/timerRules.ts';
import { diskFiles } from './gateways/files/diskFiles.ts';
import { diskSpace } from './gateways/files/diskSpace.ts';
import { diskPartialFiles } from './gateways/files/partialFiles.ts';
import { openMailer } from './gateways/mailer/mailer.ts';
import { padesSigner } from './gateways/pdf/padesSigner.ts';
import { pageCounter } from './gateways/pdf/pageCounter.ts';
import { pdfVerifier } from './gateways/pdf/pdfVerifier.ts';
import { pdfWorker } from './gateways/pdf/pdfWorker.ts';
import { typstRenderer } from './gateways/pdf/typstRenderer.ts';
import { qualityGate } from './gateways/quality/qualityGate.ts';
import type { ExamineJob } from './gateways/quality/worker.ts';
import { softwareSigner } from './gateways/signer/softwareSigner.ts';
import { serviceHandlers } from './handlers/registry.ts';
import { createApp } from './http/app.ts';
import { loadContract } from './http/contract.ts';
import { createMetrics } from './http/metrics.ts';
import { closeHttpServer, createHttpServer } from './http/server.ts';
import { createTranslate } from './locales/translate.ts';
import { loadCalendar } from './procedures/calendars.ts';
import { loadMotives } from './procedures/motives.ts';
import { loadQualityRules } from './procedures/qualityRules.ts';
import { listProcedures, readProcedure } from './procedures/readProcedure.ts';
import { loadTerritories } from './procedures/territories.ts';
import { ownSecret } from './secrets.ts';
import { connectStore } from './store/connect.ts';
import { isUnavailable } from './store/mongoErrors.ts';
import type { Tx } from './store/store.ts';
import { createAccessTokens } from './usecases/accounts/accessTokens.ts';
import { ensureAdministrator } from './usecases/accounts/ensureAdministrator.ts';
import { createPasswords } from './usecases/accounts/passwordHash.ts';
import { catalogOf } from './usecases/catalog.ts';
import type { Core } from './usecases/dependencies.ts';
import { createFollowUp } from './usecases/follow/followUp.ts';
import { createLive } from './usecases/live/live.ts';
import { openClock } from './usecases/operation/demoClock.ts';
import { sendDueMails } from './usecases/operation/sendDueMails.ts';
import { publishProcedure } from './usecases/procedures/publishProcedure.ts';

/** A running node. */
export interface Shubbak {
  port: number;
  store: Awaited<ReturnType<typeof connectStore>>;
  /** The first administrator and the one-time secret to take the account with; null once it is taken. */
  administrator: { email: string; secret: string } | null;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = { processes: join(ROOT, 'processes'), forms: join(ROOT, 'forms') };
const VERSION: string = manifest.version;
const SWEEP_EVERY_MS = 3_600_000;
const UPLOAD_MAX_AGE_MS = 24 * 3_600_000;
/** The store forgets an upload after a week. */
const PARTIAL_MAX_AGE_MS = 8 * 24 * 3_600_000;
const EXAMINE_MS = 20_000;
const MAIL_EVERY_MS = 5_000;
const FOLLOW_CLOCK_EVERY_MS = 1_000;
/** How long requests under way may still take when the node is asked to end. */
const FINISH_MS = 15_000;

/** Starts a node: opens the store, publishes what ships, runs the engine, listens. */
export async function startShubbak(
  config: Config,
  log: Logger,
  onLost: (reason: string) => void,
): Promise<Shubbak> {
  const realNow = () => Date.now();
  const opening = connectStore({
    mongodbUri: config.mongodbUri ?? undefined,
    dataDir: config.dataDir,
    storeDir: config.storeDir,
    log: (line) => log.info({ part: 'store' }, line),
    onLost,
    realNow,
  });
  // What takes a while and needs no store is done while the store's process comes up.
  const contract = loadContract();
  const store = await opening;
  try {
    const { clock, demoClock } = await openClock(store, config.clock, config.clockStart ?? realNow());
    const territories = await loadTerritories(join(ROOT, 'reference', 'territories'));
    const motives = await loadMotives(join(ROOT, 'reference', 'motives'));
    const calendar = await loadCalendar(join(ROOT, 'reference', 'calendars'), 'ma-administration');
    const workingTime = openCalendarByTerritory(calendar);
    const translate = createTranslate();
    const worker = pdfWorker();
    const mailer = openMailer({
      smtpUrl: config.smtpUrl,
      from: config.mailFrom,
      publicUrl: config.publicUrl,
      translate,
      log,
    });
    const files = diskFiles(join(config.dataDir, 'files'));
    const partialFiles = diskPartialFiles(join(config.dataDir, 'uploads'));
    // A thread of its own: a hostile file makes nobody wait for a signature.
    const examiner = pdfWorker<ExamineJob>({
      entry: new URL('./gateways/quality/worker.mjs', import.meta.url),
      limitMs: EXAMINE_MS,
      memoryMb: 512,
    });
    const keysPassphrase = config.keysPassphrase ?? (await ownSecret(config.dataDir, 'keys-passphrase'));
    const tokenSecret = config.tokenSecret ?? (await ownSecret(config.dataDir, 'token-secret'));
    // One key for all nodes of a store; whoever reads the store reads the dossiers themselves.
    const followUpKey = await store.settings.once('followUpKey', { key: randomBytes(32).toString('base64') });
    const accessTokens = createAccessTokens([{ kid: '1', secret: Buffer.from(tokenSecret) }], realNow);
    const core: Core = {
      store,
      clock,
      realNow,
      newId: () => ulid(realNow(), randomBytes),
      catalog: catalogOf(store, workingTime),
      territories,
      workingTime,
      files,
      pdfPages: pageCounter(files, worker),
      quality: qualityGate(files, examiner, (error) =>
        log.warn({ part: 'quality', error: String(error) }, 'a file could not be examined'),
      ),
      qualityRules: await loadQualityRules(join(ROOT, 'reference', 'quality')),
      partialFiles,
      signer: softwareSigner({ directory: config.dataDir, passphrase: keysPassphrase }),
      pdf: typstRenderer(worker),
      pdfSigner: padesSigner(worker),
      pdfVerifier: pdfVerifier(worker),
      followUp: createFollowUp(Buffer.from(String(followUpKey.key), 'base64')),
      publicUrl: config.publicUrl,
      accessTokens,
      mailEnabled: mailer.enabled,
    };
    const accounts = {
      passwords: createPasswords(),
      accessTokens,
    };
    const interpreter = await openInterpreter(config.engine);
    const everywhere = workingTime('*');
    const engine = createHost<Tx>({
      interpreter,
      store: store.engine,
      loadDefinition: (hash) => core.catalog.get(hash),
      handlers: serviceHandlers(core),
      inForce: async (procedure) => (await core.catalog.inForce(procedure, clock.now())).hash,
      async dossierFacts(id, tx) {
        const { commune, round, number, applicant, instance: main } = await store.dossiers.get(id, tx);
        return { territory: commune, round, number, applicant, main };
      },
      clock,
      realNow,
      dueOf: (limit, now) => deadline(everywhere, now, limit),
      timerDue: (timer, now) => timerDue(everywhere, timer, now),
      evaluate,
      calendarVersion: `${calendar.id}@${calendar.version}`,
      log: (level, message, data) => log[level]({ part: 'engine', ...data }, message),
    });

    const checkDiagram = (xml: string) =>
      refusalsOf(interpreter, xml, async (id) => (await store.procedures.versions(id)).length > 0);

    if (store.kind === 'embedded') await store.engine.freeAll();
    for (const id of await listProcedures(FOLDERS)) {
      const source = await readProcedure(FOLDERS, id);
      await publishProcedure(core, checkDiagram, SYSTEM, source, 'as shipped');
    }
    const first = await ensureAdministrator(
      { ...core, ...accounts },
      { email: config.adminEmail, name: 'Administrator', language: 'fr', alone: store.kind === 'embedded' },
    );
    const live = createLive(store, {
      failed: (error) => log.error({ part: 'live', error: String(error) }, 'the log could not be followed'),
    });
    const application = bindUseCases({
      ...core,
      engine,
      live,
      checkDiagram,
      demoClock,
      motives,
      nextTimerAt: () => store.engine.nextTimerAt(),
      diskSpace: () => diskSpace(config.dataDir),
      ...accounts,
      engineName: interpreter.name,
      isEngineAlive: () => engine.isAlive(),
      storeKind: store.kind,
    });
    const app = createApp({
      application,
      contract,
      config: { version: VERSION, trustProxy: config.trustProxy, webDir: join(ROOT, 'web', 'dist') },
      log,
      translate,
      metrics: createMetrics(VERSION),
      isOutage: isUnavailable,
    });
    const server = createHttpServer(app, translate);
    engine.poll();
    await listen(server, config);
    // Their libraries take seconds to load, which nobody's first upload or signature need wait for.
    examiner.warm();
    worker.warm();
    const mail = every(
      MAIL_EVERY_MS,
      () => (mailer.enabled ? sendDueMails(core, mailer) : Promise.resolve(0)),
      log,
    );
    const followClock = every(FOLLOW_CLOCK_EVERY_MS, async () => demoClock?.follow(), log);
    const sweep = every(
      SWEEP_EVERY_MS,
      async () => {
        await files.sweep(UPLOAD_MAX_AGE_MS);
        await partialFiles.sweep(PARTIAL_MAX_AGE_MS);
      },
      log,
    );

    return {
      port: portOf(server),
      store,
      administrator: first && { email: first.account.email ?? '', secret: first.secret },
      async stop() {
        // Streams never end by themselves; the server waits for all that is open.
        live.stop();
        await closeHttpServer(server, translate, FINISH_MS);
        await Promise.all([mail(), sweep(), followClock()]);
        await engine.stop();
        await core.quality.close();
        await core.pdf.close();
        await store.stop();
      },
    };
  } catch (error) {
    await store.stop();
    throw error;
  }
}

async function openInterpreter(name: Config['engine']): Promise<Interpreter> {
  if (name === 'bpmn-core') return bpmnCore();
  const { bpmnServer } = await import('./engine/bpmnServer/bpmnServer.ts');
  return bpmnServer();
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Repeats quiet background work; the function given back ends it and waits for what is under way. */
function every(ms: number, work: () => Promise<unknown>, log: Logger): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(work)
      .then(() => undefined)
      .catch((error: unknown) => log.error({ error: String(error) }, 'background work failed'));
  }, ms);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}

async function run(): Promise<void> {
  // What the environment says goes before what the file says.
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const node = await startShubbak(config, log, (reason) => {
    log.fatal(reason);
    process.exit(70);
  });
  if (node.administrator !== null) {
    const { email, secret } = node.administrator;
    process.stdout.write(`First start: ${email} chooses a password at POST /api/v1/accounts/activation.\n`);
    process.stdout.write(`One-time secret of the administrator: ${secret}\n`);
    process.stdout.write(`Set up this office: ${config.publicUrl}/setup\n`);
  }
  process.stdout.write(`Shubbak listens on port ${node.port}: ${config.publicUrl}/api/v1/docs\n`);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      node.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.fatal({ error: String(error) }, 'could not stop cleanly');
          process.exit(1);
        },
      );
    });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  run().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
