import { type StoreTarget, storeTargets } from '../../support/testStore.ts';

/** Describes a rule once for every server that this run can reach; the titles say which. */
export function eachStore(title: string, rules: (open: StoreTarget['open']) => void): void {
  for (const { name, open } of storeTargets()) describe(`${title} (${name})`, () => rules(open));
}
