import type { Definition } from 'bpmn-server';
import type { Guard } from '../library.ts';

interface Element {
  $type: string;
  $parent?: Element;
  isExecutable?: boolean;
  artifacts?: Element[];
}

/**
 * bpmn-server makes flows of message flows and associations and fails where one ends at a pool or a note, and it may
 * start a process that only illustrates; it takes the category of an event for what the event is attached to. What does
 * not run is left out before it is read.
 */
export const drawingOnly: Guard = ({ Definition }) => {
  const read = Definition.prototype.getDefinition;
  Definition.prototype.getDefinition = async function (this: Definition, source, logger) {
    const document: {
      rootElement: { rootElements: Element[] };
      references: { element: Element; property: string }[];
    } = await read.call(this, source, logger);
    const processes = document.rootElement.rootElements.filter(runs);
    for (const process of processes) process.artifacts = [];
    document.rootElement.rootElements = processes;
    document.references = document.references.filter(
      ({ element, property }) => property !== 'bpmn:categoryValueRef' && runs(processOf(element)),
    );
    return document;
  };
};

const runs = (element: Element): boolean => element.$type === 'bpmn:Process' && element.isExecutable === true;

function processOf(element: Element): Element {
  let current = element;
  while (current.$type !== 'bpmn:Process' && current.$parent !== undefined) current = current.$parent;
  return current;
}
