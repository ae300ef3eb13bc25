/** The records that the store is measured with, about as large as an open task of the product. */
export interface Item {
  _id: string;
  owner: string;
  status: string;
  dueAt: number;
  version: number;
  note: string;
}

/** Records that are there before anything is measured. */
export const ITEMS = 20_000;
export const OWNERS = 400;
/** Rows of one indexed find. */
export const PAGE = 20;
export const CONCURRENT = 16;

/** The kinds of work, each an operation that is durable before it is acknowledged, or a read. */
export const KINDS = ['insert', 'compareAndSet', 'indexedFind', 'transaction'] as const;
export type Kind = (typeof KINDS)[number];

/** What one contestant did in a second, and in a second of the processors of all its processes. */
export interface Rate {
  perSecond: number;
  /** Null where the system does not tell another process's time. */
  perCpuSecond: number | null;
}

/** Figures by kind, of one client and of sixteen at once. */
export type Rates = Record<string, Rate>;

const WARM_UP_MS = 500;
const ROUND_MS = 1_000;
const ROUNDS = 3;

/** The record of an index. Owners are spread, and so are the instants they are due. */
export const item = (id: string, index: number): Item => ({
  _id: id,
  owner: `owner-${index % OWNERS}`,
  status: 'open',
  dueAt: 1_700_000_000_000 + ((index * 7919) % ITEMS) * 60_000,
  version: 1,
  note: 'A permit to build two floors above a shop, with plans in three sheets. '.repeat(4),
});

/**
 * Repeats an operation in as many lanes as asked, each waiting for its own, and answers the median of three rounds of a
 * second. `weight` is how many operations one call does.
 */
export async function rateOf(
  lanes: number,
  weight: number,
  cpuUs: () => number | null,
  work: (lane: number) => Promise<unknown> | undefined,
): Promise<Rate> {
  const during = async (ms: number): Promise<Rate> => {
    const cpuBefore = cpuUs();
    const begun = performance.now();
    let done = 0;
    const lane = async (index: number) => {
      while (performance.now() - begun < ms) {
        const running = work(index);
        if (running !== undefined) await running;
        done += weight;
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
    const seconds = (performance.now() - begun) / 1_000;
    const cpuAfter = cpuUs();
    const cpu = cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / 1e6;
    return { perSecond: done / seconds, perCpuSecond: cpu === null ? null : done / cpu };
  };
  await during(WARM_UP_MS);
  const rounds: Rate[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await during(ROUND_MS));
  rounds.sort((a, b) => a.perSecond - b.perSecond);
  return rounds[ROUNDS >> 1] as Rate;
}
