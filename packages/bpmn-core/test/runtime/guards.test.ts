import { expect } from 'chai';
import { compile, type State, step } from '../../src/index.ts';
import { checkedStep, checkState } from '../support/checkedStep.ts';
import { diagram, element, ends, multiple, parallel, path, users } from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

describe('Guards of a step', () => {
  it('ten thousand moves are an incident, not an endless step', async () => {
    // given 120 x 120 tasks that wait for nothing
    const inner =
      element('startEvent', 's1') + element('task', 'a', multiple({ cardinality: '120' })) + path('s1 a');
    const body =
      ends + element('subProcess', 'sub', inner + multiple({ cardinality: '120' })) + path('s sub e');
    // when
    const instance = await begin(body);
    // then
    expect(instance.status).to.equal('active');
    expect(instance.incidents).to.include('a');
    expect(
      instance.history.some((effect) => effect.type === 'incidentRaised' && effect.code === 'TOO_MANY_MOVES'),
    ).to.equal(true);
  });

  it('what could not move goes on when it is retried', async () => {
    const inner =
      element('startEvent', 's1') + element('task', 'a', multiple({ cardinality: '120' })) + path('s1 a');
    const body =
      ends + element('subProcess', 'sub', inner + multiple({ cardinality: '100' })) + path('s sub e');
    const instance = await begin(body);
    for (let round = 0; instance.status === 'active' && round < 200; round++) {
      const [id] = instance.state.tokens.flatMap((token) => token.work ?? []);
      if (id !== undefined) instance.do({ type: 'retry', id });
    }
    expect(instance.status).to.equal('completed');
  });

  it('what did not change is shared with the state before', async () => {
    const definition = await compile(
      diagram(ends + parallel('g') + users('a b') + path('s g a e') + path('g b e')),
    );
    const before = step(definition, null, { type: 'start', variables: { big: [1] } }, { now: 0 }).state;
    const id = before.tokens.find((token) => token.node === 'a')?.work ?? '';
    const after = step(definition, before, { type: 'completeTask', id }, { now: 0 }).state;
    expect(after.tokens[0]).to.equal(before.tokens.find((token) => token.node === 'b'));
    expect(after.variables).to.equal(before.variables);
  });
});

describe('The checks of these tests can fail', () => {
  const whole = async () => {
    const definition = await compile(diagram(ends + users('a') + path('s a e')));
    return { definition, state: step(definition, null, { type: 'start' }, { now: 0 }).state };
  };

  for (const [name, damage] of [
    ['a token in no scope', (state: State) => ((state.tokens[0] as { scope?: number }).scope = 9)],
    ['a token that waits for nothing', (state: State) => delete state.tokens[0]?.waiting],
    ['no token at all', (state: State) => state.tokens.pop()],
    ['a scope without owner', (state: State) => state.scopes.push({ id: 9, node: 'a', owner: 8 })],
    [
      'an orphan subscription',
      (state: State) =>
        state.subscriptions.push({ id: 'm', kind: 'message', node: 'a', token: 9, name: 'M' }),
    ],
    ['an ended instance with tokens', (state: State) => (state.status = 'completed')],
  ] as [string, (state: State) => unknown][]) {
    it(`they see ${name}`, async () => {
      const { state } = await whole();
      const damaged: State = structuredClone(state);
      damage(damaged);
      expect(() => checkState(damaged)).to.throw();
    });
  }

  it('they see a step that changes its input', async () => {
    const { definition, state } = await whole();
    checkedStep(definition, state, { type: 'setVariables', variables: {} }, { now: 0 });
    expect(() => Object.assign(state.variables, { v: 1 })).to.throw(TypeError);
  });
});
