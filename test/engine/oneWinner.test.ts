import { expect } from 'chai';
import { DomainError } from '../../src/domain/errors.ts';
import type { Actor } from '../../src/domain/party.ts';
import type { Task } from '../../src/domain/process.ts';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import type { RunnableDefinition } from '../../src/engine/definitions.ts';
import { createHost } from '../../src/engine/host.ts';
import { evaluate } from '../../src/engine/timerRules.ts';
import type { Tx } from '../../src/store/store.ts';
import { storeTargets } from '../support/testStore.ts';

const DIAGRAM = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="D" targetNamespace="urn:test">
<bpmn:process id="P" isExecutable="true">
  <bpmn:startEvent id="Start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
  <bpmn:userTask id="Review"><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing>
    <bpmn:multiInstanceLoopCharacteristics camunda:collection="members" camunda:elementVariable="member"/></bpmn:userTask>
  <bpmn:endEvent id="End"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="a" sourceRef="Start" targetRef="Review"/>
  <bpmn:sequenceFlow id="b" sourceRef="Review" targetRef="End"/>
</bpmn:process></bpmn:definitions>`;

const DEFINITION: RunnableDefinition = {
  hash: 'one-winner',
  diagram: DIAGRAM,
  tasks: {
    Review: {
      flowNode: 'Review',
      name: { ar: 'ر', fr: 'r' },
      roles: ['committeeMember'],
      body: 'member',
      form: null,
      handler: null,
      limit: null,
      article: null,
      party: 'administration',
    },
  },
  services: {},
};
const ROUNDS = Number(process.env.ROUNDS ?? 1000);
/** Rounds that run side by side, as many users would. */
const AT_ONCE = 10;
const actor = (account: string): Actor => ({ account, name: account, grants: [] });

for (const target of storeTargets()) {
  describe(`one winner (${target.name}, ${ROUNDS} rounds)`, function () {
    this.timeout(300_000);

    it('gives each task to one claimer and one completer, a clear 409 to the others, and loses nothing', async () => {
      const store = await target.open();
      const host = createHost<Tx>({
        interpreter: bpmnCore(),
        store: store.engine,
        loadDefinition: async () => DEFINITION,
        handlers: new Map(),
        dossierFacts: async () => ({ territory: '01.151.01.01', round: 1, number: 'N', applicant: 'A' }),
        clock: { now: () => 1_767_600_000_000 },
        realNow: () => Date.now(),
        dueOf: (_limit, now) => now,
        timerDue: (_timer, now) => now,
        evaluate,
        calendarVersion: null,
        log: () => {},
      });
      const codes = new Map<string, number>();
      const count = (answers: PromiseSettledResult<unknown>[]) => {
        for (const answer of answers) {
          const code =
            answer.status === 'fulfilled'
              ? 'won'
              : answer.reason instanceof DomainError
                ? answer.reason.code
                : String(answer.reason);
          codes.set(code, (codes.get(code) ?? 0) + 1);
        }
      };

      const round = async (n: number): Promise<void> => {
        const id = `instance-${n}`;
        const { tasksOpened } = await host.start(
          {
            id,
            definition: DEFINITION.hash,
            dossier: `dossier-${n}`,
            procedure: 'p',
            territory: '',
            variables: { members: ['commune', 'province'] },
          },
          actor('applicant'),
        );
        const [first, second] = tasksOpened as [Task, Task];
        // two clients claim one task
        const claims = await Promise.allSettled(
          ['ann', 'ben'].map((who) => store.transaction((tx) => store.tasks.claim(tx, first.id, who, 1))),
        );
        count(claims);
        expect(claims.filter((claim) => claim.status === 'fulfilled')).to.have.length(1);
        // one member completes twice, and another member completes at the same time
        const done = await Promise.allSettled([
          host.complete(first, {}, actor('ann')),
          host.complete(first, {}, actor('ann')),
          host.complete(second, {}, actor('cid')),
        ]);
        count(done);
        expect(done.filter((one) => one.status === 'fulfilled')).to.have.length(2);
        expect(done[2]?.status).to.equal('fulfilled');
        expect(await store.instances.find(id)).to.include({ status: 'completed', version: 3 });
        const ends = await store.events.list({ dossier: `dossier-${n}`, types: ['TaskCompleted'] }, 10);
        expect(ends.map((event) => event.subject).sort()).to.deep.equal([first.id, second.id].sort());
      };
      for (let n = 0; n < ROUNDS; n += AT_ONCE) {
        await Promise.all(Array.from({ length: Math.min(AT_ONCE, ROUNDS - n) }, (_, i) => round(n + i)));
      }

      expect(Object.fromEntries(codes)).to.deep.equal({
        won: 3 * ROUNDS,
        TASK_TAKEN: ROUNDS,
        TASK_ALREADY_DONE: ROUNDS,
      });
    });
  });
}
