import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { compile } from '../../src/index.ts';
import {
  diagram,
  element,
  end,
  ends,
  flow,
  messages,
  path,
  start,
  subProcess,
  users,
} from '../support/diagram.ts';

describe('compile', () => {
  it('identifies a definition by its content and compiles it once', async () => {
    const xml = diagram(ends + users('a') + path('s a e'));
    const definition = await compile(xml);
    expect(definition.hash).to.equal(createHash('sha256').update(xml).digest('hex'));
    expect(await compile(xml)).to.equal(definition);
    expect((await compile(`${xml} `)).hash).not.to.equal(definition.hash);
  });

  it('gives what a host needs of each flow node', async () => {
    const attributes =
      'name="أ Examiner" camunda:formKey="check" camunda:candidateGroups="agency" permit:limit="P30D" permit:nameAr="فحص"';
    const { nodes } = await compile(diagram(ends + element('userTask', 'a', '', attributes) + path('s a e')));
    expect(nodes.a).to.deep.equal({
      id: 'a',
      type: 'bpmn:UserTask',
      name: 'أ Examiner',
      lane: null,
      container: 'P',
      incoming: ['s_a'],
      outgoing: ['a_e'],
      defaultFlow: null,
      event: null,
      attachedTo: null,
      interrupting: true,
      byEvent: false,
      forCompensation: false,
      undoneBy: null,
      instantiates: false,
      awaitsAll: false,
      call: null,
      startQuantity: 1,
      completionQuantity: 1,
      boundary: [],
      loop: null,
      standardLoop: null,
      script: null,
      mapping: null,
      extension: {
        'camunda:formKey': 'check',
        'camunda:candidateGroups': 'agency',
        'permit:limit': 'P30D',
        'permit:nameAr': 'فحص',
      },
    });
  });

  it('knows the camunda namespace by any prefix', async () => {
    const xml = diagram(ends + element('userTask', 'a', '', 'camunda:formKey="x"') + path('s a e'));
    const renamed = xml.replaceAll('camunda:formKey', 'cam:formKey').replace('xmlns:camunda', 'xmlns:cam');
    expect((await compile(renamed)).nodes.a?.extension).to.deep.equal({ 'camunda:formKey': 'x' });
  });

  it('takes the default namespace as well as a prefix', async () => {
    const xml = diagram(ends + users('a') + path('s a e'))
      .replaceAll('bpmn:', '')
      .replace('xmlns:bpmn', 'xmlns');
    expect(Object.keys((await compile(xml)).nodes)).to.deep.equal(['s', 'e', 'a']);
  });

  it('is frozen all the way down', async () => {
    const definition = await compile(diagram(ends + users('a') + path('s a e')));
    for (const part of [
      definition,
      definition.nodes,
      definition.nodes.a,
      definition.nodes.a?.incoming,
      definition.flows,
    ]) {
      expect(Object.isFrozen(part)).to.equal(true);
    }
  });

  it('lets code names be, as plain attributes', async () => {
    const attributes =
      'implementation="##WebService" camunda:class="X" camunda:topic="print" camunda:expression="x"';
    const { nodes } = await compile(
      diagram(ends + element('serviceTask', 'a', '', attributes) + path('s a e')),
    );
    expect(nodes.a?.extension).to.deep.equal({
      'camunda:class': 'X',
      'camunda:topic': 'print',
      'camunda:expression': 'x',
    });
  });

  it('tolerates what only describes: documentation, data, annotations, properties of tools', async () => {
    const body =
      ends +
      element(
        'userTask',
        'a',
        '<bpmn:documentation>Why</bpmn:documentation><bpmn:extensionElements><camunda:properties><camunda:property name="x" value="y"/></camunda:properties></bpmn:extensionElements><bpmn:property id="pr"/><bpmn:dataInputAssociation id="da"><bpmn:sourceRef>dr</bpmn:sourceRef><bpmn:targetRef>pr</bpmn:targetRef></bpmn:dataInputAssociation>',
      ) +
      '<bpmn:dataObject id="do"/><bpmn:dataObjectReference id="dr" dataObjectRef="do"/>' +
      path('s a e') +
      '<bpmn:textAnnotation id="ta"><bpmn:text>note</bpmn:text></bpmn:textAnnotation><bpmn:association id="as" sourceRef="a" targetRef="ta"/>';
    expect(Object.keys((await compile(diagram(body, messages('M')))).nodes)).to.deep.equal(['s', 'e', 'a']);
  });

  describe('pools and lanes (BPMN 2.0.2, 9 and 10.8)', () => {
    const lane = (id: string, refs: string, inner = '') =>
      `<bpmn:lane id="${id}" name="${id} name" permit:role="${id}">${refs
        .split(' ')
        .filter((ref) => ref !== '')
        .map((ref) => `<bpmn:flowNodeRef>${ref}</bpmn:flowNodeRef>`)
        .join('')}${inner}</bpmn:lane>`;
    const lanes = `<bpmn:laneSet id="set">${lane('L1', 's a')}${lane('L2', 'b e', `<bpmn:childLaneSet id="set2">${lane('L3', 'b')}</bpmn:childLaneSet>`)}</bpmn:laneSet>`;

    it('each node has its innermost lane', async () => {
      const definition = await compile(diagram(lanes + ends + users('a b') + path('s a b e')));
      expect(Object.values(definition.nodes).map((node) => [node.id, node.lane])).to.deep.equal([
        ['s', 'L1'],
        ['e', 'L2'],
        ['a', 'L1'],
        ['b', 'L3'],
      ]);
      expect(definition.lanes.L3).to.deep.equal({
        id: 'L3',
        name: 'L3 name',
        parent: 'L2',
        nodes: ['b'],
        extension: { 'permit:role': 'L3' },
      });
    });

    it('nodes of a sub-process are in its lane', async () => {
      const sub = subProcess('b', start('s1') + users('c') + end('e1') + path('s1 c e1'));
      const definition = await compile(diagram(lanes + ends + users('a') + sub + path('s a b e')));
      expect(definition.nodes.c?.lane).to.equal('L3');
    });

    it('a pool without process, message flows and processes that only illustrate are let be', async () => {
      const collaboration =
        '<bpmn:collaboration id="C"><bpmn:participant id="P1" processRef="P"/><bpmn:participant id="P2" name="Citizen"/>' +
        '<bpmn:participant id="P3" processRef="Q"/><bpmn:messageFlow id="mf" sourceRef="P2" targetRef="a"/></bpmn:collaboration>' +
        '<bpmn:process id="Q" isExecutable="false"><bpmn:scriptTask id="q"/></bpmn:process>';
      const definition = await compile(diagram(ends + users('a') + path('s a e'), collaboration));
      expect(Object.keys(definition.processes)).to.deep.equal(['P']);
      expect(definition.nodes.q).to.equal(undefined);
    });
  });

  it('keeps the order in which flows are drawn', async () => {
    const body =
      ends +
      users('a b') +
      element('inclusiveGateway', 'g') +
      path('s g') +
      flow('g', 'b', 'v') +
      flow('g', 'a', 'w') +
      path('a e') +
      path('b e');
    expect((await compile(diagram(body))).nodes.g?.outgoing).to.deep.equal(['g_b', 'g_a']);
  });
});
