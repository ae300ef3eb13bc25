import { expect } from 'chai';
import { compile, StateError, step, upgradeState } from '../../src/index.ts';
import { type Upgrade, upgradeBy } from '../../src/migration/upgradeState.ts';
import { diagram, ends, path, users } from '../support/diagram.ts';

const stored = async () => {
  const definition = await compile(diagram(ends + users('a') + path('s a e')));
  return step(definition, null, { type: 'start', variables: { v: 1 } }, { now: 0 }).state;
};

/** Of three schemas: the second counts steps, the third calls the process otherwise. */
const UPGRADES: readonly Upgrade[] = [
  (older) => ({ ...older, steps: 0 }),
  ({ process, ...older }) => ({ ...older, process: `the ${String(process)}` }),
];

describe('upgradeState', () => {
  it('gives a state of the present schema back as it is', async () => {
    const state = await stored();
    expect(upgradeState(JSON.parse(JSON.stringify(state)))).to.deep.equal(state);
  });

  it('applies each upgrade from the schema of the state on, and changes nothing that it is given', async () => {
    // given
    const state = await stored();
    const text = JSON.stringify(state);
    // then
    expect(upgradeBy(UPGRADES, state)).to.deep.equal({ ...state, schema: 3, steps: 0, process: 'the P' });
    expect(upgradeBy(UPGRADES, { ...state, schema: 2 })).to.deep.equal({
      ...state,
      schema: 3,
      process: 'the P',
    });
    expect(upgradeBy(UPGRADES, { ...state, schema: 3 })).to.deep.equal({ ...state, schema: 3 });
    expect(JSON.stringify(state)).to.equal(text);
  });

  it('refuses a newer schema, and says which it knows', async () => {
    const state = { ...(await stored()), schema: 2 };
    expect(() => upgradeState(state)).to.throw(StateError, 'schema 2, but this version knows none after 1');
  });

  for (const schema of [0, -1, 1.5, '1', null, undefined, Number.NaN, true]) {
    it(`refuses the schema ${JSON.stringify(schema)}`, async () => {
      const state = { ...(await stored()), schema };
      expect(() => upgradeState(state)).to.throw(StateError, 'a state has a schema');
    });
  }

  for (const json of [null, undefined, 1, 'state', [], [{ schema: 1 }]]) {
    it(`refuses ${JSON.stringify(json)}`, () => {
      expect(() => upgradeState(json)).to.throw(StateError, 'a state is an object');
    });
  }

  for (const [name, value] of [
    ['definition', 1],
    ['process', undefined],
    ['status', 'paused'],
    ['sequence', '7'],
    ['variables', []],
    ['tokens', {}],
    ['scopes', null],
    ['subscriptions', undefined],
  ] as const) {
    it(`refuses a state whose ${name} is ${JSON.stringify(value)}`, async () => {
      const state = { ...(await stored()), [name]: value };
      expect(() => upgradeState(state)).to.throw(StateError, name);
    });
  }

  it('names everything that is damaged', () => {
    expect(() => upgradeState({ schema: 1 })).to.throw(StateError, 'definition, process, status');
  });
});
