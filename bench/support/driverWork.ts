import { openConnection } from '../../src/store/connect.ts';
import { processorTime } from './processorTime.ts';
import {
  CONCURRENT,
  ITEMS,
  type Item,
  item,
  type Kind,
  OWNERS,
  PAGE,
  type Rates,
  rateOf,
} from './storeWork.ts';

/** Measures a server by the official driver, with the guarantees that the product asks of it (majority, journalled). */
export async function measureServer(uri: string, pid: number, kinds: Kind[]): Promise<Rates> {
  const connection = await openConnection(uri, 'bench');
  try {
    const items = connection.collection<Item>('items');
    await items.createIndex({ owner: 1, status: 1, dueAt: 1 });
    for (let from = 0; from < ITEMS; from += 2_000)
      await items.insertMany(Array.from({ length: 2_000 }, (_, i) => item(`item-${from + i}`, from + i)));

    let count = 0;
    const versions = new Int32Array(ITEMS).fill(1);
    /** An item that no other lane touches. */
    const own = (lane: number) => lane + CONCURRENT * (count++ % Math.floor(ITEMS / CONCURRENT));
    const won = (modified: number) => {
      if (modified !== 1) throw new Error('a compare-and-set was lost, though nobody else wrote');
    };
    const work: Record<Kind, (lane: number) => Promise<unknown>> = {
      insert: () => items.insertOne(item(`new-${count}`, count++)),
      async compareAndSet(lane) {
        const index = own(lane);
        const version = versions[index] as number;
        const changes = { $set: { status: 'open' }, $inc: { version: 1 } };
        won((await items.updateOne({ _id: `item-${index}`, version }, changes)).modifiedCount);
        versions[index] = version + 1;
      },
      async indexedFind() {
        const owner = `owner-${count++ % OWNERS}`;
        const found = items.find({ owner, status: 'open' }, { sort: { dueAt: 1 }, limit: PAGE });
        if ((await found.toArray()).length !== PAGE) throw new Error('a page is not full');
      },
      // As a step of an instance: one read, a compare-and-set, two new records.
      async transaction(lane) {
        const index = own(lane);
        await connection.transaction(async (session) => {
          const found = await items.findOne({ _id: `item-${index}` }, { session });
          const version = found?.version ?? 0;
          const changes = { $inc: { version: 1 } };
          won((await items.updateOne({ _id: `item-${index}`, version }, changes, { session })).modifiedCount);
          const added = [item(`new-${count}`, count++), item(`new-${count}`, count++)];
          await items.insertMany(added, { session });
        });
        versions[index] = (versions[index] as number) + 1;
      },
    };

    const rates: Rates = {};
    for (const kind of kinds) {
      for (const lanes of [1, CONCURRENT]) {
        const name = lanes === 1 ? kind : `${kind}${lanes}`;
        rates[name] = await rateOf(lanes, 1, () => processorTime(pid), work[kind]);
      }
    }
    return rates;
  } finally {
    await connection.close();
  }
}
