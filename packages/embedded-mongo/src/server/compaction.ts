import type { Store } from '../storage/store.ts';
import type { CommitQueue } from './commitQueue.ts';

/** Free space that is kept for the documents to come, so that the file does not grow and shrink all the time. */
const keptBytes = 1024 ** 2;
const worthBytes = 4 * keptBytes;
const worthShare = 0.1;

/** What one commit gives back: a few milliseconds of work, so that nobody waits. */
export const sliceBytes = 512 * 1024;

/**
 * Gives space back to the disk once more than 4 MiB and a tenth of the file are free, until 1 MiB is left. It goes in slices,
 * each in a commit with what others write, and others' requests are answered in between.
 */
export async function compact(store: Store, queue: CommitQueue, isOver: () => boolean): Promise<void> {
  const { free, total } = store.space();
  if (free < worthBytes || free < total * worthShare) return;
  for (let left = free; left > keptBytes && !isOver(); left = store.space().free) {
    await queue.submit(() => {
      store.giveBack(Math.min(sliceBytes, left - keptBytes));
      return { ok: 1 };
    }, undefined);
    if (store.space().free >= left) break;
  }
  store.settle();
}
