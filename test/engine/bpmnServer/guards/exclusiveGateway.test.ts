import { expect } from 'chai';
import { diagram, end, exclusive, parallel, start, userTask } from '../diagram.ts';
import { at, NOW, nodesOf, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard exclusiveGateway', () => {
  it('passes a token on without cancelling a parallel branch that could come there too', async () => {
    // given
    const instance = await onServer(
      diagram(
        start +
          parallel('Fork') +
          userTask('A') +
          userTask('B') +
          exclusive('Merge') +
          userTask('C') +
          end('E'),
        'Start -> Fork -> A -> Merge -> C -> E',
        'Fork -> B -> Merge',
      ),
    );
    await instance.step({ type: 'start', variables: {} }, at(NOW));

    // when
    await instance.step(commandFor(instance.only('A'), {}), at(NOW));
    await instance.step(commandFor(instance.only('B'), {}), at(NOW));

    // then
    expect(instance.choices().map(({ flowNode }) => flowNode)).to.deep.equal(['C', 'C']);
  });

  it('looks at no condition behind the first that is true', async () => {
    // given
    const instance = await onServer(
      diagram(
        start + exclusive('X') + userTask('A') + userTask('B') + end('E') + end('F'),
        'Start -> X',
        'X -> A if k = 1',
        'X -> B if missing',
        'A -> E',
        'B -> F',
      ),
    );

    // when
    const effects = await instance.step({ type: 'start', variables: { k: 1 } }, at(NOW));

    // then
    expect(nodesOf(effects, 'taskCreated')).to.deep.equal(['A']);
    expect(nodesOf(effects, 'incidentRaised')).to.deep.equal([]);
  });
});
