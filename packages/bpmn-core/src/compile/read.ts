import { BpmnModdle } from 'bpmn-moddle';
import { type Element, isElement } from './element.ts';
import type { Report } from './report.ts';

/** Reads the XML; whatever the parser passes over with a warning is refused instead. Null if nothing could be read. */
export async function read(xml: string, report: Report): Promise<Element | null> {
  const moddle = new BpmnModdle();
  try {
    const { rootElement, warnings } = await moddle.fromXML(xml);
    for (const warning of warnings) refuseWarning(warning, report);
    return isElement(rootElement) ? rootElement : null;
  } catch (error) {
    const reason = firstLine(error instanceof Error ? error.message : String(error));
    report.refuse('invalid-xml', null, `the document cannot be read as BPMN 2.0: ${reason}`, { reason });
    return null;
  }
}

function refuseWarning(warning: unknown, report: Report): void {
  if (typeof warning !== 'object' || warning === null) return;
  const text = 'message' in warning ? String(warning.message) : String(warning);
  const element = 'element' in warning && isElement(warning.element) ? (warning.element.id ?? null) : null;
  const property = 'property' in warning ? String(warning.property).replace(/^.*:/, '') : '';
  const duplicate = /duplicate ID <([^>]*)>/.exec(text)?.[1];
  const unresolved = /^unresolved reference <(.*)>$/s.exec(text)?.[1];
  const unknown = /^unknown attribute <(.*)>$/s.exec(text)?.[1];
  if (duplicate !== undefined) {
    const message = `the id ${duplicate} is used twice: give each element its own`;
    report.refuse('duplicate-id', duplicate, message, { id: duplicate });
  } else if (unresolved !== undefined) {
    const message = `${property} refers to ${unresolved}, which is not in the diagram`;
    report.refuse('dangling-reference', element, message, { property, target: unresolved });
  } else if (unknown !== undefined) {
    const message = `BPMN has no attribute ${unknown} here: remove it, or give it the prefix of its namespace`;
    report.refuse('unknown-attribute', element, message, { attribute: unknown });
  } else {
    const reason = firstLine(text.replace(/\n[\s\S]*nested error:/, ':'));
    report.refuse('invalid-xml', element, `the document cannot be read as BPMN 2.0: ${reason}`, { reason });
  }
}

const firstLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 200);
