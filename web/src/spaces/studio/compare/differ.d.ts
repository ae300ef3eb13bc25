declare module 'bpmn-js-differ' {
  interface Element {
    $type: string;
    id: string;
    name?: string;
    get?(property: string): unknown;
  }
  /** What two sets of definitions differ in, by the id of the element. */
  export function diff(
    before: unknown,
    after: unknown,
  ): {
    _added: Record<string, Element>;
    _removed: Record<string, Element>;
    _changed: Record<
      string,
      { model: Element; attrs: Record<string, { oldValue: unknown; newValue: unknown }> }
    >;
    _layoutChanged: Record<string, Element>;
  };
}
