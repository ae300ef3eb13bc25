import * as elements from 'bpmn-elements';
import { BpmnModdle } from 'bpmn-moddle';
import serializer, { TypeResolver } from 'moddle-context-serializer';

/** Parses a diagram once, into the form that bpmn-elements and bpmn-engine share among instances. */
export async function serialize(xml: string) {
  const parsed = await new BpmnModdle().fromXML(xml);
  return serializer(parsed, TypeResolver(elements));
}
