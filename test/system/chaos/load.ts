import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Acknowledged, Base } from '../../../scripts/demo/client.ts';
import { Filing, type Sample } from '../../../scripts/demo/filing.ts';
import { type People, setUp } from '../../../scripts/demo/people.ts';
import { piecesOf } from '../../../scripts/demo/projects.ts';
import { checkOutcome, START } from '../../../scripts/demo/run.ts';
import { AGENCIES, COMMUNES, SCENARIOS, type Scenario, type Wait } from '../../../scripts/demo/scenarios.ts';

/** Offices at work: the scenarios of the demonstration, round after round, all dossiers of a round at once. */
export interface Load {
  /** Business time now. */
  readonly now: number;
  /** Takes one dossier of each scenario from filing to its end; in the middle of it time limits run out. */
  round(): Promise<void>;
  /** Lets the operator try again whatever has stopped: a job that was killed again and again is no longer begun by itself. */
  retryIncidents(): Promise<void>;
}

/** How long a scenario waits for somebody's silence, and how far time is moved on then. */
const SILENCE_DAYS = 3;
const WEEK = 7 * 86_400_000;
/** Until every node goes by the same clock, in ms. */
const ALL_KNOW_MS = 3_000;

/** Opens the offices and their accounts. */
export async function openOffices(
  base: Base,
  secret: string,
  directory: string,
  ledger: Acknowledged[],
): Promise<Load> {
  const people = await setUp(base, ledger, secret, COMMUNES, AGENCIES);
  const pieces = new Map<Scenario, Promise<Sample[]>>();
  let now = START;

  async function play(scenario: Scenario, wait: Wait): Promise<void> {
    const made = pieces.get(scenario) ?? piecesOf(directory, scenario.project);
    pieces.set(scenario, made);
    const filing = filingOf(people, scenario, wait);
    const today = async () => new Date(now).toISOString().slice(0, 10);
    await scenario.play(
      filing,
      { people, wait, directory: join(directory, filing.commune.code), today },
      await made,
    );
    await checkOutcome(filing, scenario.outcome);
  }

  return {
    get now() {
      return now;
    },
    async round() {
      const [quiet, silence] = [gate(), gate()];
      let working = SCENARIOS.length;
      const rest = () => {
        working--;
        if (working === 0) quiet.open();
      };
      // Nobody's limit runs out while the others are at work, so that each dossier ends as its scenario tells.
      const wait: Wait = async ({ workingDays = 0 }) => {
        if (workingDays !== SILENCE_DAYS) return;
        rest();
        await silence.opened;
        working++;
      };
      const playing = Promise.all(SCENARIOS.map((scenario) => play(scenario, wait).then(rest)));
      await Promise.race([playing, quiet.opened]);
      now += WEEK;
      await people.operator.put('/clock', { to: new Date(now).toISOString() });
      await sleep(ALL_KNOW_MS);
      silence.open();
      await playing;
    },
    async retryIncidents() {
      const { operator } = people;
      const { items } = await operator.get<{ items: { id: string }[] }>('/incidents?open=true');
      for (const { id } of items) await operator.post(`/incidents/${id}/retry`);
    },
  };
}

function filingOf(people: People, { commune: code, project }: Scenario, wait: Wait): Filing {
  const commune = COMMUNES.find((one) => one.code === code);
  if (commune === undefined) throw new Error(`no commune ${code}`);
  return new Filing(people, commune, project.company ? people.company : people.applicant, wait);
}

/** A promise and the one to open it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
