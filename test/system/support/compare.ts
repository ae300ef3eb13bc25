import { join } from 'node:path';
import { expect } from 'chai';
import type { Acknowledged } from '../../../scripts/demo/client.ts';
import type { DomainEvent } from '../../../src/domain/events.ts';
import { diskFiles } from '../../../src/gateways/files/diskFiles.ts';
import { connectStore } from '../../../src/store/connect.ts';

/** What a comparison went through. */
export interface Compared {
  filed: number;
  completions: number;
  timersFired: number;
  incidents: number;
  events: number;
}

/**
 * The clients' own ledger against what the store holds: everything is there, once. `now` is the last instant of business
 * time, when that was moved: no timer due before it still waits.
 * @throws AssertionError at the first thing lost or doubled
 */
export async function compareWithLedger(
  where: { dataDir: string; mongodbUri?: string },
  ledger: Acknowledged[],
  now?: number,
): Promise<Compared> {
  const { dataDir } = where;
  const store = await connectStore({ ...where, log: () => {} });
  const files = diskFiles(join(dataDir, 'files'));
  try {
    for await (const { seq, fault } of store.verifyChain()) expect(fault, `event ${seq}`).to.equal(null);
    const events: DomainEvent[] = [];
    for (let after = 0, page = await store.events.list({ after }, 500); page.length > 0; ) {
      events.push(...page);
      after = page.at(-1)?.seq ?? after;
      page = await store.events.list({ after }, 500);
    }
    const subjects = (type: string) =>
      events.filter((event) => event.type === type).map((event) => event.subject);
    const once = (type: string) => {
      const all = subjects(type);
      expect(new Set(all).size, `${type} twice`).to.equal(all.length);
      return new Set(all);
    };
    const acknowledged = (pattern: RegExp) =>
      ledger.flatMap(({ path }) => {
        const found = pattern.exec(path);
        return found?.[1] === undefined ? [] : [found[1]];
      });

    // every acknowledged completion is there, and none that nobody was told of
    const completions = acknowledged(/^\/tasks\/([^/]+)\/completion$/);
    expect(new Set(completions).size).to.equal(completions.length);
    expect([...once('TaskCompleted')].sort()).to.deep.equal([...completions].sort());
    for (const id of completions) expect((await store.tasks.find(id))?.status, id).to.equal('completed');
    for (const type of ['JobCompleted', 'TaskCreated', 'TimerScheduled', 'InstanceEnded'] as const)
      once(type);

    // every timer fired once, was cancelled, or is not due
    const ended = [...subjects('TimerFired'), ...subjects('TimerCancelled')];
    expect(new Set(ended).size, 'a timer ended twice').to.equal(ended.length);
    const over = new Set(ended);
    for (const id of subjects('TimerScheduled')) {
      if (over.has(id)) continue;
      const timer = await store.engine.findTimer(id ?? '');
      expect(timer?.dueAt, `timer ${id}`).to.be.greaterThan(now ?? 0);
    }

    // every acknowledged upload is there with its bytes, and none twice
    const uploads = ledger.filter(({ path }) => /^\/dossiers\/[^/]+\/documents$/.test(path));
    expect([...subjects('DocumentAdded'), ...subjects('DocumentReplaced')].sort()).to.deep.equal(
      uploads.map((upload) => upload.id).sort(),
    );
    for (const { id } of uploads) {
      const document = await store.documents.find(id ?? '');
      expect((await files.stat(document?.sha256 ?? ''))?.size, `file of ${id}`).to.equal(document?.size);
    }

    // every filing has one number, and the numbers of a register have no gap
    const filed = acknowledged(/^\/dossiers\/([^/]+)\/submission$/);
    const numbers = new Map<string, number[]>();
    for (const id of filed) {
      const { number } = await store.dossiers.get(id);
      const [, series = '', sequence = ''] = /^(.*)-(\d+)$/.exec(number ?? '') ?? [];
      numbers.set(series, [...(numbers.get(series) ?? []), Number(sequence)]);
      const decisions = await store.decisions.ofDossier(id);
      const keys = decisions.map((one) => `${one.kind} ${one.round}`);
      expect(new Set(keys).size, `${number}: an act twice`).to.equal(keys.length);
      const opinions = await store.opinions.ofDossier(id);
      const words = opinions.map((one) => `${one.body} ${one.round}`);
      expect(new Set(words).size, `${number}: an opinion twice`).to.equal(words.length);
    }
    for (const [series, all] of numbers) {
      expect(
        all.sort((a, b) => a - b),
        series,
      ).to.deep.equal(all.map((_, index) => index + 1));
    }

    // no message was left twice: as many as there were tasks to tell it
    const each = (type: string) => {
      const count = new Map<string, number>();
      for (const { dossier, flowNode } of events.filter((event) => event.type === type))
        count.set(`${dossier} ${flowNode}`, (count.get(`${dossier} ${flowNode}`) ?? 0) + 1);
      return count;
    };
    const done = each('JobCompleted');
    for (const [message, count] of each('PartiesNotified'))
      expect(count, message).to.equal(done.get(message));

    // where something stopped for a person to look at, it went on when it was told to
    expect(subjects('IncidentRaised').sort()).to.deep.equal(subjects('IncidentResolved').sort());
    return {
      filed: filed.length,
      completions: completions.length,
      timersFired: subjects('TimerFired').length,
      incidents: subjects('IncidentRaised').length,
      events: events.length,
    };
  } finally {
    await store.stop();
  }
}
