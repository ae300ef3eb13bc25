import { expect } from 'chai';
import { diagram, end, exclusive, start, userTask } from '../diagram.ts';
import { at, NOW, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard noFlowTaken', () => {
  for (const split of ['X', 'A']) {
    it(`raises an incident where no flow out of ${split === 'X' ? 'a gateway' : 'a task'} can be taken`, async () => {
      // given
      const elements = start + userTask('A') + (split === 'X' ? exclusive('X') : '') + end('E') + end('F');
      const instance = await onServer(
        diagram(
          elements,
          split === 'X' ? 'Start -> A -> X' : 'Start -> A',
          `${split} -> E if k = 1`,
          `${split} -> F if k = 2`,
        ),
      );
      await instance.step({ type: 'start', variables: {} }, at(NOW));

      // when
      const effects = await instance.step(commandFor(instance.only('A'), { k: 3 }), at(NOW));

      // then
      expect(effects.at(-1)).to.deep.include({
        type: 'incidentRaised',
        flowNode: split,
        code: 'NO_FLOW_TAKEN',
      });
      expect(instance.ended).to.equal(false);
    });
  }
});
