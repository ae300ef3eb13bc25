import { isActivity } from './draft.ts';
import { child, children, type Element, idOf } from './element.ts';
import type { Report } from './report.ts';

/** Namespaces known by the prefix that hosts look for, whatever prefix a document gives them. */
const WELL_KNOWN: Readonly<Record<string, string>> = { 'http://camunda.org/schema/1.0/bpmn': 'camunda' };

/** Extension elements that run code or move data, which nobody would carry out here; mappings are read on activities. */
const CODE =
  /:(executionListener|taskListener|script|connector|inputOutput|ioMapping|inputParameter|outputParameter|field|in|out|errorEventDefinition|validation|constraint)$/;

/** Reads foreign attributes and refuses those, and the extension elements, that carry code. */
export class Extensions {
  private readonly prefixes = new Map<string, string>();
  private readonly report: Report;

  constructor(definitions: Element, report: Report) {
    this.report = report;
    for (const [name, value] of Object.entries(definitions.$attrs ?? {})) {
      const known = WELL_KNOWN[value];
      if (name.startsWith('xmlns:') && known !== undefined) this.prefixes.set(name.slice(6), known);
    }
  }

  /** Every foreign attribute of an element under its prefixed name. */
  attributes(element: Element, owner: Element = element): Readonly<Record<string, string>> {
    const found: [string, string][] = [];
    for (const [name, value] of Object.entries(element.$attrs ?? {})) {
      const [prefix, local] = name.split(':');
      if (prefix === undefined || local === undefined || prefix === 'xmlns' || prefix === 'xsi') continue;
      this.checkText(owner, name, value);
      found.push([`${this.prefixes.get(prefix) ?? prefix}:${local}`, value]);
    }
    const extensions = child(element, 'extensionElements');
    if (extensions) {
      for (const extension of children(extensions, 'values')) {
        const isRead = owner === element && isActivity({ type: element.$type }) && isMapping(extension);
        // What goes into a called process and comes out of it is read too.
        const isPassed = owner.$type === 'bpmn:CallActivity' && /:(in|out)$/.test(extension.$type);
        if (isPassed) this.checkTexts(owner, extension);
        else if (!isRead) this.checkElement(owner, extension);
      }
    }
    return Object.freeze(Object.fromEntries(found));
  }

  private checkElement(owner: Element, extension: Element): void {
    if (CODE.test(extension.$type)) {
      this.refuse(owner, extension.$type);
      return;
    }
    this.checkTexts(owner, extension);
    for (const inner of extension.$children ?? []) this.checkElement(owner, inner);
  }

  private checkTexts(owner: Element, extension: Element): void {
    for (const [name, value] of Object.entries(extension)) {
      if (typeof value === 'string' && name !== '$type')
        this.checkText(owner, `${extension.$type}/${name}`, value);
    }
  }

  /** Refuses a text that some engine would evaluate: here it stands for itself. */
  checkText(owner: Element, construct: string, text: string): void {
    if (isEvaluated(text)) this.refuse(owner, construct);
  }

  private refuse(owner: Element, construct: string): void {
    refuseCode(owner, construct, this.report);
  }
}

export const localName = (element: Element): string => element.$type.replace(/^.*:/, '');

/** Whether an extension element is a mapping of inputs and outputs, as modelling tools write them. */
export const isMapping = (extension: Element): boolean =>
  /^(ioMapping|inputOutput)$/.test(localName(extension));

/** Whether a text is one that other engines run as code. */
export const isEvaluated = (text: string): boolean => /[$#]\{/.test(text);

/** Refuses a part of an element that carries code, or moves data in a way that is not run. */
export function refuseCode(owner: Element, construct: string, report: Report): void {
  const instead = 'a plain value, and a handler of the host for the code';
  const message = `${construct} carries code or data mapping, which is not run; use instead: ${instead}`;
  report.refuse('code-in-extension', idOf(owner), message, { construct, instead });
}

/** An attribute by its local name, whatever its prefix. */
export function byLocalName(attributes: Readonly<Record<string, string>>, local: string): string | null {
  for (const [name, value] of Object.entries(attributes)) if (name.endsWith(`:${local}`)) return value;
  return null;
}
