/** An element as bpmn-moddle reads it. */
export interface Element {
  readonly $type: string;
  readonly $attrs?: Readonly<Record<string, string>>;
  readonly $children?: readonly Element[];
  readonly $body?: string;
  readonly $descriptor?: { readonly properties: readonly Property[] };
  readonly id?: string;
  readonly name?: string;
  readonly [property: string]: unknown;
}

interface Property {
  readonly name: string;
  readonly default?: unknown;
}

/** Whether a value that bpmn-moddle read is an element. */
export function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && '$type' in value && typeof value.$type === 'string';
}

/** The element of a property that holds or refers to one. */
export function child(element: Element, property: string): Element | null {
  const value = element[property];
  return isElement(value) ? value : null;
}

/** The elements of a property that holds or refers to many. */
export function children(element: Element, property: string): Element[] {
  const value = element[property];
  return Array.isArray(value) ? value.filter(isElement) : [];
}

/** The trimmed text of an attribute; null when it is absent or blank. */
export function attribute(element: Element, property: string): string | null {
  const value = element[property];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** The trimmed text inside an expression element; null when it is absent or blank. */
export function body(element: Element, property: string): string | null {
  const expression = child(element, property);
  return expression === null ? null : attribute(expression, 'body');
}

/** The value of a property that is written in the diagram; a default that is not written counts as absent. */
export function written(element: Element): string[] {
  return Object.getOwnPropertyNames(element).filter((name) => !name.startsWith('$'));
}

/** The value that a property has when it is not written. */
export function defaultOf(element: Element, property: string): unknown {
  const bare = (name: string) => name.replace(/^.*:/, '');
  return element.$descriptor?.properties.find((candidate) => bare(candidate.name) === bare(property))
    ?.default;
}

/** The id of an element, or the empty text if it has none. */
export const idOf = (element: Element | null): string => element?.id ?? '';
