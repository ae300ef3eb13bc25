import { expect } from 'chai';
import { CommandError, compile } from '../../src/index.ts';
import {
  after,
  boundary,
  catching,
  compensation,
  diagram,
  element,
  end,
  ends,
  eventBased,
  exclusive,
  flow,
  inclusive,
  mapping,
  message,
  messages,
  multiple,
  parallel,
  path,
  repeat,
  service,
  start,
  subProcess,
  throwing,
  undoing,
  users,
} from '../support/diagram.ts';
import { generate, seeded } from '../support/generate.ts';
import { begin, Instance } from '../support/instance.ts';

const types = (instance: Instance) =>
  instance.effects.map((each) => `${each.type}${'flowNode' in each ? ` ${each.flowNode}` : ''}`);
const tokenAt = (instance: Instance, node: string, nth = 0) => instance.tokens(node)[nth]?.id ?? -1;
const move = (instance: Instance, from: string, node: string, more: { flow?: string } = {}) =>
  instance.do({ type: 'moveToken', token: tokenAt(instance, from), node, ...more });

const line = ends + users('a b c') + path('s a b c e');
const inner = start('s1') + users('x y') + end('e1') + path('s1 x y e1');
const nested = ends + subProcess('sub', inner) + users('b') + path('s sub b e');

const DIAGRAMS = Number(process.env.DIAGRAMS ?? 60);

describe('Administrative moves', () => {
  describe('moveToken', () => {
    it('cancels the task and goes on at another node', async () => {
      // given
      const instance = await begin(line);
      const token = tokenAt(instance, 'a');
      // when
      instance.do({ type: 'moveToken', token, node: 'c' });
      // then
      expect(types(instance)).to.deep.equal([
        'tokenMoved c',
        'taskCancelled a',
        'flowNodeEntered c',
        'taskCreated c',
      ]);
      expect(instance.effects[0]).to.deep.equal({
        type: 'tokenMoved',
        token,
        as: tokenAt(instance, 'c'),
        from: 'a',
        flowNode: 'c',
      });
      expect(instance.open).to.equal('c');
      instance.complete('c');
      expect(instance.status).to.equal('completed');
    });

    it('goes backwards as well', async () => {
      const instance = await begin(line);
      instance.complete('a');
      move(instance, 'b', 'a');
      instance.complete('a');
      expect(instance.open).to.equal('b');
    });

    it('to where the token is begins the activity anew', async () => {
      const instance = await begin(
        ends + service('a') + boundary('t', 'a', after('PT1H')) + path('s a e') + path('t e'),
      );
      const job = instance.work('a');
      instance.now += 60_000;
      move(instance, 'a', 'a');
      expect(instance.work('a')).not.to.equal(job);
      expect(instance.timer('t').due).to.equal(instance.now + 3_600_000);
      expect(instance.nodes('timerCancelled')).to.equal('t');
    });

    it('to an end event ends the token', async () => {
      const instance = await begin(line);
      move(instance, 'a', 'e');
      expect(instance.status).to.equal('completed');
      expect(instance.nodes('endEventReached')).to.equal('e');
    });

    it('takes a token from an incident', async () => {
      const body =
        ends +
        users('a b') +
        exclusive('x') +
        path('s x') +
        flow('x', 'a', 'v') +
        flow('x', 'b', 'w') +
        path('a b e');
      const instance = await begin(body);
      expect(instance.incidents).to.equal('x');
      move(instance, 'x', 'b');
      expect(types(instance)).to.deep.equal([
        'tokenMoved b',
        'incidentResolved x',
        'flowNodeEntered b',
        'taskCreated b',
      ]);
    });

    it('takes a token from events and timers', async () => {
      const body =
        ends +
        eventBased('g') +
        catching('m', message('M')) +
        catching('t', after('PT1H')) +
        users('b') +
        path('s g m e') +
        path('g t b e');
      const instance = await begin(body, { declarations: messages('M') });
      move(instance, 'g', 'b');
      expect(instance.state.subscriptions).to.deep.equal([]);
      expect(instance.nodes('timerCancelled')).to.equal('t');
      // and back to one of the events, which is then the only one
      move(instance, 'b', 'm');
      instance.send('M');
      expect(instance.status).to.equal('completed');
    });

    it('takes a sub-process as a whole', async () => {
      const instance = await begin(nested);
      move(instance, 'sub', 'b');
      expect(types(instance)).to.deep.equal([
        'tokenMoved b',
        'taskCancelled x',
        'flowNodeEntered b',
        'taskCreated b',
      ]);
      expect(instance.state.scopes).to.deep.equal([]);
    });

    it('stays within a sub-process', async () => {
      const instance = await begin(nested);
      move(instance, 'x', 'y');
      expect(instance.open).to.equal('y');
      instance.complete('y');
      expect(instance.open).to.equal('b');
    });

    it('to the end of a sub-process completes it', async () => {
      const instance = await begin(nested);
      move(instance, 'x', 'e1');
      expect(instance.open).to.equal('b');
    });

    it('enters a sub-process anew', async () => {
      const instance = await begin(nested);
      instance.complete('x');
      instance.complete('y');
      move(instance, 'b', 'sub');
      expect(instance.open).to.equal('x');
      expect(instance.state.scopes).to.have.length(1);
    });

    for (const loop of [multiple({ cardinality: '3' }), repeat({ maximum: 3 })]) {
      it(`takes all instances of ${loop.slice(6, 20)}…, and none alone`, async () => {
        const instance = await begin(ends + users('a', loop) + users('b') + path('s a b e'));
        const alone = instance.state.tokens.find((token) => token.of !== undefined)?.id ?? -1;
        expect(instance.refusal({ type: 'moveToken', token: alone, node: 'b' })).to.equal('TOKEN_OF_LOOP');
        expect(instance.refusal({ type: 'cancelToken', token: alone })).to.equal('TOKEN_OF_LOOP');
        move(instance, 'a', 'b');
        expect(instance.open).to.equal('b');
        expect(instance.state.tokens).to.have.length(1);
      });
    }

    it('moves within one instance of a sub-process, whose element stays', async () => {
      const many = subProcess('sub', inner + multiple({ collection: '["p", "q"]', as: 'who' }));
      const instance = await begin(ends + many + path('s sub e'));
      instance.do({ type: 'moveToken', token: tokenAt(instance, 'x', 1), node: 'y' });
      expect(instance.open).to.equal('x y');
      expect(instance.effects.at(-1)).to.deep.include({ variables: { loopCounter: 2, who: 'q' } });
      instance.complete('y');
      instance.complete('x');
      instance.complete('y');
      expect(instance.status).to.equal('completed');
    });

    it('gives no outputs', async () => {
      const instance = await begin(
        ends + users('a', mapping({ x: '1' }, { y: '=x' })) + users('b') + path('s a b e'),
      );
      move(instance, 'a', 'b');
      expect(instance.variables).to.deep.equal({});
      expect(instance.effects.at(-1)).to.deep.include({ variables: {} });
    });

    it('through a gateway goes on from it', async () => {
      const body = ends + users('a b c') + parallel('g') + path('s a g b e') + path('g c e');
      const instance = await begin(body);
      move(instance, 'a', 'g');
      expect(instance.open).to.equal('b c');
    });

    for (const gateway of [parallel, inclusive]) {
      describe(`to a join, ${gateway.name}`, () => {
        const body = ends + parallel('f') + users('a b') + gateway('j') + path('s f a j e') + path('f b j');

        it('says by which flow', async () => {
          const instance = await begin(body);
          const token = tokenAt(instance, 'a');
          expect(instance.refusal({ type: 'moveToken', token, node: 'j' })).to.equal('NOT_A_PLACE');
          expect(instance.refusal({ type: 'moveToken', token, node: 'j', flow: 's_f' })).to.equal(
            'NOT_A_PLACE',
          );
          move(instance, 'a', 'j', { flow: 'a_j' });
          expect(instance.open).to.equal('b');
          instance.complete('b');
          expect(instance.status).to.equal('completed');
          expect(instance.nodes('flowNodeLeft').split(' ')).to.include('j');
        });

        it('from a join frees it', async () => {
          const instance = await begin(body);
          instance.complete('a');
          move(instance, 'j', 'a');
          expect(instance.open).to.equal('a b');
        });
      });
    }
  });

  describe('addToken', () => {
    it('lets one more token go on', async () => {
      const instance = await begin(line);
      instance.do({ type: 'addToken', node: 'c' });
      expect(types(instance)).to.deep.equal(['tokenAdded c', 'flowNodeEntered c', 'taskCreated c']);
      expect(instance.effects[0]).to.deep.include({ token: tokenAt(instance, 'c') });
      instance.complete('c');
      expect(instance.status).to.equal('active');
    });

    it('in a sub-process names its scope', async () => {
      const instance = await begin(nested);
      const scope = instance.state.scopes[0]?.id ?? -1;
      expect(instance.refusal({ type: 'addToken', node: 'y' })).to.equal('NOT_A_PLACE');
      expect(instance.refusal({ type: 'addToken', node: 'y', scope: 99 })).to.equal('UNKNOWN_SCOPE');
      expect(instance.refusal({ type: 'addToken', node: 'b', scope })).to.equal('NOT_A_PLACE');
      instance.do({ type: 'addToken', node: 'y', scope });
      expect(instance.open).to.equal('x y');
      instance.complete('y');
      expect(instance.open, 'the sub-process waits for both').to.equal('x');
    });

    it('brings a join the token it lacks', async () => {
      const body =
        ends +
        parallel('j') +
        users('a b') +
        inclusive('f', 'f_a') +
        path('s f a j e') +
        flow('f', 'b', 'v') +
        path('b j');
      const instance = await begin(body, { variables: { v: false } });
      instance.complete('a');
      expect(instance.incidents).to.equal('j');
      instance.do({ type: 'addToken', node: 'j', flow: 'b_j' });
      instance.retry('j');
      expect(instance.status).to.equal('completed');
    });
  });

  describe('cancelToken', () => {
    it('ends one branch', async () => {
      const body =
        ends +
        parallel('f') +
        users('a b') +
        boundary('t', 'a', after('PT1H')) +
        path('s f a e') +
        path('f b e') +
        path('t e');
      const instance = await begin(body);
      const token = tokenAt(instance, 'a');
      instance.do({ type: 'cancelToken', token });
      expect(types(instance)).to.deep.equal(['tokenCancelled a', 'taskCancelled a', 'timerCancelled t']);
      expect(instance.effects[0]).to.include({ token });
      expect(instance.open).to.equal('b');
    });

    it('of the last token of a sub-process completes it', async () => {
      const instance = await begin(nested);
      instance.do({ type: 'cancelToken', token: tokenAt(instance, 'x') });
      expect(instance.open).to.equal('b');
    });

    it('of the last token completes the instance', async () => {
      const instance = await begin(line);
      instance.do({ type: 'cancelToken', token: tokenAt(instance, 'a') });
      expect(instance.status).to.equal('completed');
    });

    it('of a token that a join waits for is a deadlock, and not silence', async () => {
      const body = ends + parallel('f j') + users('a b') + path('s f a j e') + path('f b j');
      const instance = await begin(body);
      instance.complete('a');
      instance.do({ type: 'cancelToken', token: tokenAt(instance, 'b') });
      expect(instance.effects.at(-1)).to.include({ type: 'incidentRaised', flowNode: 'j', code: 'DEADLOCK' });
    });

    it('of a token that an inclusive join waits for lets it fire', async () => {
      const body = ends + parallel('f') + inclusive('j') + users('a b') + path('s f a j e') + path('f b j');
      const instance = await begin(body);
      instance.complete('a');
      instance.do({ type: 'cancelToken', token: tokenAt(instance, 'b') });
      expect(instance.status).to.equal('completed');
    });

    it('of what undoes something counts as done, and the next is undone', async () => {
      const instance = await begin(undo);
      instance.complete('a');
      instance.complete('b');
      instance.do({ type: 'cancelToken', token: tokenAt(instance, 'undo_b') });
      expect(instance.open).to.equal('undo_a');
      instance.do({ type: 'cancelToken', token: tokenAt(instance, 'undo_a') });
      expect(instance.open).to.equal('z');
    });
  });

  const undo =
    ends + users('a b z') + undoing('a') + undoing('b') + throwing('t', compensation()) + path('s a b t z e');

  it('what undoes something is moved away: the next is undone beside', async () => {
    const instance = await begin(undo);
    instance.complete('a');
    instance.complete('b');
    instance.do({ type: 'moveToken', token: tokenAt(instance, 'undo_b'), node: 'z' });
    expect(instance.open).to.equal('undo_a z');
    instance.complete('undo_a');
    expect(instance.open).to.equal('z z');
  });

  it('what waits until all is undone is moved away: the rest can still be undone', async () => {
    const instance = await begin(undo);
    instance.complete('a');
    instance.complete('b');
    instance.do({ type: 'moveToken', token: tokenAt(instance, 't'), node: 't' });
    expect(instance.nodes('taskCancelled')).to.equal('undo_b');
    expect(instance.open).to.equal('undo_a');
  });

  describe('what makes no sense is refused', () => {
    const body =
      ends +
      users('a') +
      boundary('t', 'a', after('PT1H')) +
      subProcess('sub', inner) +
      path('s a sub e') +
      path('t e');

    for (const [what, node] of [
      ['a start event', 's'],
      ['a boundary event', 't'],
      ['a node of a sub-process', 'x'],
      ['the start of a sub-process', 's1'],
      ['a node that is none', 'nothing'],
      ['a member of objects', 'toString'],
      ['the process', 'P'],
      ['a flow', 's_a'],
    ] as const) {
      it(`a token on ${what}`, async () => {
        const instance = await begin(body);
        const token = tokenAt(instance, 'a');
        expect(instance.refusal({ type: 'moveToken', token, node })).to.equal('NOT_A_PLACE');
        expect(instance.refusal({ type: 'addToken', node })).to.equal('NOT_A_PLACE');
      });
    }

    it('a token out of its sub-process', async () => {
      const instance = await begin(nested);
      const token = tokenAt(instance, 'x');
      expect(instance.refusal({ type: 'moveToken', token, node: 'b' })).to.equal('NOT_A_PLACE');
    });

    it('a token that is none', async () => {
      const instance = await begin(line);
      for (const token of [99, 0, -1, Number.NaN]) {
        expect(instance.refusal({ type: 'moveToken', token, node: 'b' })).to.equal('UNKNOWN_TOKEN');
        expect(instance.refusal({ type: 'cancelToken', token })).to.equal('UNKNOWN_TOKEN');
      }
    });

    it('a flow that leads elsewhere', async () => {
      const instance = await begin(line);
      expect(instance.refusal({ type: 'addToken', node: 'b', flow: 'b_c' })).to.equal('NOT_A_PLACE');
    });

    it('an instance that has ended', async () => {
      const instance = await begin(line);
      instance.do({ type: 'cancel' });
      expect(instance.refusal({ type: 'addToken', node: 'b' })).to.equal('ENDED');
    });
  });

  describe('skip', () => {
    it('takes what failed as done, with the variables it would have brought', async () => {
      // given a job that its host gave up
      const instance = await begin(ends + service('a') + users('b') + path('s a b e'));
      instance.do({ type: 'failJob', id: instance.tokens('a')[0]?.work ?? '', message: 'on fire' });
      const { work } = instance.tokens('a')[0] ?? {};
      // when
      instance.do({ type: 'skip', id: work ?? '', variables: { paid: true } });
      // then
      expect(types(instance)).to.deep.equal([
        'incidentResolved a',
        'flowNodeLeft a',
        'flowNodeEntered b',
        'taskCreated b',
      ]);
      expect(instance.state.variables).to.deep.equal({ paid: true });
    });

    it('is refused where a way out was not found, which no work would bring', async () => {
      const body = ends + exclusive('x') + users('b') + path('s x') + flow('x', 'b', 'v') + path('b e');
      const instance = await begin(body, { variables: { v: false } });
      const id = instance.tokens('x')[0]?.work ?? '';
      expect(instance.refusal({ type: 'skip', id })).to.equal('NOT_SKIPPABLE');
      expect(instance.refusal({ type: 'skip', id: 'incident99' })).to.equal('NOT_WAITING');
    });

    it('is refused where work is done and none of its ways out is open', async () => {
      const body =
        ends + users('a b') + path('s a') + flow('a', 'b', 'v') + flow('a', 'e', 'w') + path('b e');
      const instance = await begin(body, { variables: { v: false, w: false } });
      instance.do({ type: 'completeTask', id: instance.tokens('a')[0]?.work ?? '' });
      const id = instance.tokens('a')[0]?.work ?? '';
      expect(id).to.match(/^incident/);
      expect(instance.refusal({ type: 'skip', id })).to.equal('NOT_SKIPPABLE');
    });
  });

  it('whatever is moved wherever, the state hangs together', async () => {
    let done = 0;
    for (let seed = 0; seed < DIAGRAMS; seed++) {
      const random = seeded(seed);
      const { body, declarations } = generate(random);
      const definition = await compile(diagram(body, declarations));
      const nodes = Object.keys(definition.nodes);
      const instance = new Instance(definition);
      instance.do({ type: 'start', variables: { choice: 1, size: 2, names: ['x', 'y'] } });
      for (let steps = 0; instance.status === 'active' && steps < 25; steps++) {
        const { tokens, scopes } = instance.state;
        const token = tokens[random(tokens.length)]?.id ?? 0;
        const node = nodes[random(nodes.length)] ?? '';
        const incoming = definition.nodes[node]?.incoming ?? [];
        const flow = incoming[random(Math.max(1, incoming.length))];
        const scope = scopes[random(2 * scopes.length + 1)]?.id;
        const place = { node, ...(flow !== undefined && { flow }) };
        try {
          if (random(3) > 0) instance.do({ type: 'moveToken', token, ...place });
          else if (random(2) > 0)
            instance.do({ type: 'addToken', ...place, ...(scope !== undefined && { scope }) });
          else instance.do({ type: 'cancelToken', token });
          done++;
        } catch (error) {
          if (!(error instanceof CommandError)) throw error;
        }
      }
    }
    expect(done, 'moves were made').to.be.greaterThan(3 * DIAGRAMS);
  });

  it('a deadlocked token is moved on from its join', async () => {
    const body =
      ends +
      parallel('j') +
      users('a b') +
      exclusive('x', 'x_a') +
      path('s x a j e') +
      flow('x', 'b', 'v') +
      path('b j');
    const instance = await begin(body, { variables: { v: false } });
    instance.complete('a');
    expect(instance.incidents).to.equal('j');
    move(instance, 'j', 'e');
    expect(instance.status).to.equal('completed');
  });

  it('a plain task is passed at once', async () => {
    const instance = await begin(ends + users('a') + element('task', 'p') + path('s a p e'));
    move(instance, 'a', 'p');
    expect(instance.status).to.equal('completed');
  });
});
