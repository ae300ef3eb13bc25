import { expect } from 'chai';
import { loadLibrary } from '../../../../src/engine/bpmnServer/load.ts';
import { diagram, end, start, userTask } from '../diagram.ts';
import { at, NOW, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard definitionCache', () => {
  it('reads the XML once, when it is compiled', async () => {
    // given
    const { Definition } = await loadLibrary();
    const { getDefinition } = Definition.prototype;
    let read = 0;
    Definition.prototype.getDefinition = async function (source, logger) {
      read++;
      return getDefinition.call(this, source, logger);
    };

    // when
    try {
      const instance = await onServer(diagram(start + userTask('A') + end('E'), 'Start -> A -> E'));
      await instance.step({ type: 'start', variables: {} }, at(NOW));
      await instance.step(commandFor(instance.only('A'), {}), at(NOW));
    } finally {
      Definition.prototype.getDefinition = getDefinition;
    }

    // then
    expect(read).to.equal(1);
  });
});
