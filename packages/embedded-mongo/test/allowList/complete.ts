import { expect } from 'chai';

/** Declares one test by name for each entry of an allow-list, and one that fails when an entry has none. */
export function eachNamed<Case>(
  what: string,
  allowed: Iterable<string>,
  cases: Record<string, Case>,
  check: (one: Case, name: string) => Promise<void>,
): void {
  describe(what, () => {
    it('has a case for each, and none for what is not allowed', () => {
      expect(Object.keys(cases).sort()).to.deep.equal([...allowed].sort());
    });
    for (const [name, one] of Object.entries(cases)) it(name, () => check(one, name));
  });
}
