/**
 * A diagram of one process: its elements as BPMN, its sequence flows as `From -> To`, chains of them, and
 * `From -> To if <FEEL>`; the flow from A to B has the id `A_B`.
 */
export function diagram(elements: string, ...flows: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  targetNamespace="urn:test">
  ${declarationsOf(elements)}
  <bpmn:process id="Process" isExecutable="true">
    ${elements}
    ${flows.flatMap(sequenceFlows).join('\n    ')}
  </bpmn:process>
</bpmn:definitions>`;
}

export const start = '<bpmn:startEvent id="Start" />';
export const userTask = (id: string, inner = ''): string =>
  `<bpmn:userTask id="${id}">${inner}</bpmn:userTask>`;
export const serviceTask = (id: string, inner = ''): string =>
  `<bpmn:serviceTask id="${id}" implementation="work">${inner}</bpmn:serviceTask>`;
export const exclusive = (id: string, attributes = ''): string =>
  `<bpmn:exclusiveGateway id="${id}" ${attributes}/>`;
export const parallel = (id: string): string => `<bpmn:parallelGateway id="${id}" />`;
export const eventGateway = (id: string): string => `<bpmn:eventBasedGateway id="${id}" />`;
export const end = (id: string): string => `<bpmn:endEvent id="${id}" />`;
export const terminate = (id: string): string =>
  `<bpmn:endEvent id="${id}"><bpmn:terminateEventDefinition id="${id}Terminate" /></bpmn:endEvent>`;
export const each = (collection: string, element: string): string =>
  `<bpmn:multiInstanceLoopCharacteristics camunda:collection="${collection}" camunda:elementVariable="${element}" />`;
export const timer = (id: string, duration = 'P2D'): string =>
  `<bpmn:timerEventDefinition id="${id}Timer"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`;
export const message = (id: string, name = 'call'): string =>
  `<bpmn:messageEventDefinition id="${id}Message" messageRef="${name}" />`;
export const boundary = (id: string, on: string, definition: string, interrupting = true): string =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${on}" cancelActivity="${interrupting}">${definition}</bpmn:boundaryEvent>`;
export const catching = (id: string, definition: string): string =>
  `<bpmn:intermediateCatchEvent id="${id}">${definition}</bpmn:intermediateCatchEvent>`;

export const throwing = (id: string, definition: string): string =>
  `<bpmn:intermediateThrowEvent id="${id}">${definition}</bpmn:intermediateThrowEvent>`;

function declarationsOf(elements: string): string {
  const declared = (kind: string) => {
    const names = new Set(
      [...elements.matchAll(new RegExp(`${kind}Ref="([^"]+)"`, 'g'))].map(([, name]) => name),
    );
    return [...names].map((name) => `<bpmn:${kind} id="${name}" name="${name}" ${kind}Code="${name}" />`);
  };
  const without = (text: string) => text.replace(/ (?:message|signal)Code="[^"]*"/, '');
  return [...declared('message'), ...declared('signal'), ...declared('escalation')].map(without).join('');
}

function sequenceFlows(text: string): string[] {
  const [path = '', condition] = text.split(' if ');
  const nodes = path.split('->').map((node) => node.trim());
  return nodes.slice(1).map((target, index) => {
    const source = nodes[index];
    const escaped = condition?.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const inner = escaped
      ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escaped}</bpmn:conditionExpression>`
      : '';
    return `<bpmn:sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${inner}</bpmn:sequenceFlow>`;
  });
}
