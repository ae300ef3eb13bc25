import { entriesOf } from '../../domain/register.ts';
import type { Migration } from './migration.ts';

const EVENTS_AT_ONCE = 50;

/**
 * Writes the register lines of what happened before there were registers, in its order and at its time. A register that has
 * begun since keeps its numbers: the older lines follow with the next ones.
 */
export const registerEntries: Migration = {
  name: 'registers tell what came in and went out before they were kept',
  async run({ transaction, events, registers, follow }) {
    for (let after = 0; ; ) {
      const batch = await events.list({ after }, EVENTS_AT_ONCE);
      const last = batch.at(-1);
      if (last === undefined) return;
      const making = batch.filter((event) => event.territory !== null && entriesOf(event).length > 0);
      if (making.length > 0)
        await transaction(async (tx) => {
          for (const event of making) {
            const isThere = (await registers.find(`${event.id}-0`, tx)) !== null;
            if (!isThere) await follow(tx, [event]);
          }
        });
      after = last.seq;
    }
  },
};
