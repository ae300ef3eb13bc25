import { expect } from 'chai';
import { diagram, end, start, userTask } from '../diagram.ts';
import { at, NOW, nodesOf, onServer } from '../onServer.ts';

describe('bpmn-server, guard drawingOnly', () => {
  it('lets pools, notes and processes that only illustrate be', async () => {
    // given
    const drawn = `
      <bpmn:collaboration id="Window">
        <bpmn:participant id="Here" processRef="Process" />
        <bpmn:participant id="There" />
        <bpmn:messageFlow id="Sent" sourceRef="A" targetRef="There" />
      </bpmn:collaboration>
      <bpmn:process id="Illustration"><bpmn:startEvent id="Other" /><bpmn:endEvent id="OtherEnd" />
        <bpmn:sequenceFlow id="OtherFlow" sourceRef="Other" targetRef="OtherEnd" /></bpmn:process>`;
    const note = `<bpmn:textAnnotation id="Note"><bpmn:text>read me</bpmn:text></bpmn:textAnnotation>
      <bpmn:association id="To" associationDirection="One" sourceRef="Note" targetRef="A" />`;
    const xml = diagram(start + userTask('A') + end('E'), 'Start -> A -> E')
      .replace('<bpmn:process', `${drawn}<bpmn:process`)
      .replace('</bpmn:process>\n</bpmn:definitions>', `${note}</bpmn:process>\n</bpmn:definitions>`);
    const instance = await onServer(xml);

    // when
    const effects = await instance.step({ type: 'start', variables: {} }, at(NOW));

    // then
    expect(nodesOf(effects, 'flowNodeEntered')).to.deep.equal(['Start', 'A']);
    expect(nodesOf(effects, 'taskCreated')).to.deep.equal(['A']);
  });
});
