import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCalendar } from '../../src/domain/legalTime/workingTime.ts';
import { verifyPdf } from '../../src/gateways/pdf/verify.ts';
import { loadCalendar } from '../../src/procedures/calendars.ts';
import type { Acknowledged } from './client.ts';
import { send } from './client.ts';
import { Filing } from './filing.ts';
import { type People, setUp } from './people.ts';
import { piecesOf } from './projects.ts';
import { AGENCIES, COMMUNES, type Outcome, SCENARIOS, type Wait } from './scenarios.ts';

/** One dossier of the demonstration, as `--json` prints it. */
export interface DemoDossier {
  number: string;
  procedure: string;
  commune: string;
  outcome: Outcome;
  steps: {
    flowNode: string;
    body: string | null;
    startedAt: string;
    endedAt: string | null;
    workingSeconds: number;
  }[];
  licence: { path: string; sha256: string; valid: boolean } | null;
}

export interface DemoResult {
  dossiers: DemoDossier[];
  /** Path of the root certificate. */
  trust: string;
}

interface Step {
  flowNode: string;
  name: { fr: string };
  kind: string;
  body: string | null;
  startedAt: string;
  endedAt: string | null;
  elapsedSeconds: number;
  workingSeconds: number;
}

/** First instant of the demonstration: Monday 5 January 2026, nine o'clock in Casablanca. */
export const START = Date.parse('2026-01-05T08:00:00Z');

/**
 * Drives the twelve dossiers over HTTP, each party by its own account. The clock stands still but for the waits of the
 * scenarios, so that every run gives the same dossiers.
 */
export async function runDemo(options: {
  base: string;
  secret: string;
  output: string;
  ledger: Acknowledged[];
  tell: (line: string) => void;
  /** Called when the offices are set up, before the first dossier. */
  onReady?: () => void;
}): Promise<DemoResult> {
  const { base, output, ledger, tell } = options;
  await mkdir(output, { recursive: true });
  const calendar = openCalendar(
    await loadCalendar(join(import.meta.dirname, '../../reference/calendars'), 'ma-administration'),
  );
  tell('Setting up the offices of the demonstration …');
  const people = await setUp(base, ledger, options.secret, COMMUNES, AGENCIES);
  const trust = join(output, 'root.pem');
  const rootPem = (await send(base, [], 'anyone', 'GET', '/trust/root.pem')).body as string;
  await writeFile(trust, rootPem);
  options.onReady?.();

  let now = START;
  const moveTo = async (instant: number): Promise<void> => {
    now = instant;
    await people.operator.put('/clock', { to: new Date(instant).toISOString() });
  };
  const wait: Wait = async ({ minutes = 0, workingDays = 0 }) => {
    let instant = now + minutes * 60_000;
    for (let left = workingDays; left > 0; ) {
      instant += 86_400_000;
      if (calendar.isWorkingDay(calendar.localDateOf(instant))) left--;
    }
    await moveTo(instant);
  };
  const morning = async (): Promise<void> => {
    // The next working day, at nine.
    let day = now;
    do day += 86_400_000;
    while (!calendar.isWorkingDay(calendar.localDateOf(day)));
    await moveTo(calendar.startOfDay(calendar.localDateOf(day)) + 9 * 3_600_000);
  };

  const dossiers: DemoDossier[] = [];
  for (const [index, scenario] of SCENARIOS.entries()) {
    if (index > 0) await morning();
    const commune = COMMUNES.find((one) => one.code === scenario.commune);
    if (commune === undefined) throw new Error(`no commune ${scenario.commune}`);
    const filing = new Filing(
      people,
      commune,
      scenario.project.company ? people.company : people.applicant,
      wait,
    );
    const pieces = await piecesOf(join(output, 'pieces'), scenario.project);
    tell(`${index + 1}/${SCENARIOS.length} ${commune.fr}: ${scenario.outcome} …`);
    const stage = {
      people,
      wait,
      directory: join(output, 'pieces'),
      today: async () => calendar.localDateOf(now),
    };
    await scenario.play(filing, stage, pieces);
    await checkOutcome(filing, scenario.outcome);
    const licence = await keepLicence(filing, output, rootPem);
    const steps = await timeline(filing, people, scenario.commune);
    for (const step of steps) tell(describe(step));
    if (licence !== null) tell(`      licence: ${licence.path} (${licence.valid ? 'valid' : 'NOT VALID'})`);
    dossiers.push({
      number: filing.number,
      procedure: 'building-permit-small',
      commune: commune.code,
      outcome: scenario.outcome,
      steps: steps.map(({ flowNode, body, startedAt, endedAt, workingSeconds }) => ({
        flowNode,
        body,
        startedAt,
        endedAt,
        workingSeconds,
      })),
      licence,
    });
  }
  return { dossiers, trust };
}

/** All went as told, seen from the dossier itself. */
export async function checkOutcome(filing: Filing, outcome: Outcome): Promise<void> {
  const expected: Record<Outcome, string> = {
    rejectedAtFiling: 'rejectedAtFiling',
    delivered: 'delivered',
    deliveredAfterReserves: 'delivered',
    deliveredAfterModification: 'delivered',
    refused: 'refused',
    deliveredDespiteSilentMember: 'delivered',
    escalatedSilentAgency: 'underStudy',
    secondComplementRefused: 'delivered',
  };
  const { dossier } = await filing.reached(expected[outcome]);
  const fault = (what: string) => new Error(`${dossier.number}: ${what}`);
  if (outcome === 'deliveredAfterModification' && dossier.round !== 2) throw fault('no second round');
  if (outcome === 'deliveredDespiteSilentMember' && dossier.committee?.silent.length !== 1) {
    throw fault('no member was silent');
  }
  if (outcome === 'rejectedAtFiling' && dossier.filingRejection?.missing.length !== 1) {
    throw fault('the refusal names no piece');
  }
}

async function timeline(filing: Filing, people: People, commune: string): Promise<Step[]> {
  const { items } = await people.president(commune).get<{ items: Step[] }>(`/dossiers/${filing.id}/timeline`);
  const key = (step: Step) => `${step.startedAt} ${step.flowNode} ${step.body ?? ''}`;
  return items.filter((step) => step.kind === 'user').sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The applicant downloads the licence from the private space; it is verified from the file alone. */
async function keepLicence(filing: Filing, output: string, rootPem: string): Promise<DemoDossier['licence']> {
  const { items } = await filing.owner.get<{
    items: { id: string; kind: string; plans: { document: string }[] }[];
  }>(`/dossiers/${filing.id}/decisions`);
  const licence = items.find((one) => one.kind === 'licence');
  if (licence === undefined) return null;
  const bytes = await filing.owner.download(`/decisions/${licence.id}/file`);
  const path = join(output, `${filing.number}.pdf`);
  await writeFile(path, bytes);
  const verdict = await verifyPdf(await readFile(path), { rootPem });
  return {
    path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    valid: verdict.status === 'valid',
  };
}

function describe(step: Step): string {
  const hours = (seconds: number) => `${(seconds / 3600).toFixed(1)} h`;
  const who = step.body === null ? '' : ` (${step.body})`;
  return `      ${step.startedAt.slice(0, 16)}  ${step.name.fr}${who}: ${hours(step.elapsedSeconds)}, ${hours(step.workingSeconds)} of working time`;
}
