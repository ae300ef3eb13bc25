import { expect } from 'chai';
import { type Command, compile, type Definition, migrate, type Refusal } from '../../src/index.ts';
import {
  after,
  boundary,
  catching,
  diagram,
  element,
  end,
  ends,
  error,
  errors,
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
  timer,
  users,
} from '../support/diagram.ts';
import { generate, seeded } from '../support/generate.ts';
import { begin, HOUR, Instance } from '../support/instance.ts';
import { possible } from '../support/possible.ts';

const declared = messages('M N') + errors('E');
const to = (body: string, declarations = declared): Promise<Definition> =>
  compile(diagram(body, declarations));
const from = (body: string, variables = {}) => begin(body, { declarations: declared, variables });
const line = (task: string) => ends + task + users('z') + path('s a z e');
const said = (refusals: Refusal[]) => refusals.map((each) => `${each.rule} ${each.element}`).join(', ');
const armed = (instance: Instance) => instance.state.subscriptions.map(({ node }) => node).join(' ');

const DIAGRAMS = Number(process.env.DIAGRAMS ?? 60);

describe('Migration of an instance', () => {
  it('goes on at the same nodes of a new definition', async () => {
    // given
    const instance = await from(line(users('a')), { v: 1 });
    const before = instance.state;
    const next = await to(ends + users('a b') + path('s a b e'));
    // when
    expect(instance.migrate(next)).to.deep.equal([]);
    // then
    expect(instance.effects).to.deep.equal([
      { type: 'instanceMigrated', from: before.definition, to: next.hash, flowNodes: {} },
    ]);
    expect(instance.state).to.deep.equal({ ...before, definition: next.hash });
    instance.complete('a');
    expect(instance.open).to.equal('b');
  });

  it('goes on at other nodes by a mapping', async () => {
    const instance = await from(line(users('a')));
    const id = instance.work('a');
    instance.migrate(await to(ends + users('check z') + path('s check z e')), { a: 'check' });
    expect(instance.effects[0]).to.deep.include({ flowNodes: { a: 'check' } });
    expect(instance.work('check'), 'the task stays the same').to.equal(id);
    instance.complete('check');
    expect(instance.open).to.equal('z');
  });

  it('two nodes may become one', async () => {
    const instance = await from(ends + parallel('g') + users('a b') + path('s g a e') + path('g b e'));
    instance.migrate(await to(line(users('a'))), { b: 'a' });
    expect(instance.open).to.equal('a a');
  });

  it('is refused for an instance that has ended, or runs elsewhere', async () => {
    const [one, other] = [await to(line(users('a'))), await to(line(service('a')))];
    const instance = new Instance(one);
    instance.do({ type: 'start' });
    expect(() => migrate(other, one, instance.state, {}, { now: 0 }))
      .to.throw()
      .with.property('code', 'DEFINITION_MISMATCH');
    instance.do({ type: 'cancel' });
    expect(() => migrate(one, other, instance.state, {}, { now: 0 }))
      .to.throw()
      .with.property('code', 'ENDED');
  });

  describe('explains what it cannot map', () => {
    const inner = start('s1') + users('x') + end('e1') + path('s1 x e1');
    const sub = (id: string, body = inner) => subProcess(id, body);
    const waitsFor = (definition: string) => ends + catching('c', definition) + path('s c e');
    const on = (definition: string, interrupting = true) =>
      line(users('a')) + boundary('b', 'a', definition, interrupting) + path('b z');

    const IMPOSSIBLE: [string, string, string, string, Record<string, string>?][] = [
      ['a node that is gone', line(users('a')), ends + users('b') + path('s b e'), 'node-missing a'],
      ['a node of another type', line(users('a')), line(service('a')), 'node-other-type a'],
      [
        'a node mapped to another type',
        line(users('a')),
        line(users('a') + service('j') + path('a j')),
        'node-other-type a',
        { a: 'j' },
      ],
      [
        'a mapping from nothing',
        line(users('a')),
        ends + users('a') + path('s a e'),
        'mapping-unknown q',
        { q: 'a' },
      ],
      [
        'a mapping to nothing',
        line(users('a')),
        ends + users('a z y') + path('s a z y e'),
        'mapping-unknown z',
        { z: 'q' },
      ],
      [
        'a mapping to a member of objects',
        line(users('a')),
        ends + users('a') + path('s a e'),
        'mapping-unknown z',
        { z: 'constructor' },
      ],
      [
        'a node mapped to a flow',
        line(users('a')),
        ends + users('a') + path('s a e'),
        'mapping-unknown z',
        { z: 's_a' },
      ],
      [
        'a node that is now in a sub-process',
        ends + users('x') + path('s x e'),
        ends + sub('p') + path('s p e'),
        'node-other-container x',
      ],
      [
        'a sub-process mapped elsewhere than what is in it',
        ends + sub('p') + path('s p e'),
        ends + sub('p') + sub('q', start('s2') + users('y') + path('s2 y')) + path('s p q e'),
        'node-other-container x',
        { p: 'q' },
      ],
      [
        'a sub-process that is gone',
        ends + sub('p') + path('s p e'),
        ends + users('x') + path('s x e'),
        'node-missing p, node-other-container x',
      ],
      [
        'an activity that loops now',
        line(users('a')),
        line(users('a', multiple({ cardinality: '2' }))),
        'loop-differs a',
      ],
      [
        'an activity that repeats now',
        line(users('a')),
        line(users('a', repeat({ maximum: 2 }))),
        'loop-differs a',
      ],
      [
        'an activity that loops no more',
        line(users('a', repeat({ maximum: 2 }))),
        line(users('a')),
        'loop-differs a',
      ],
      [
        'instances that become iterations',
        line(users('a', multiple({ cardinality: '2' }))),
        line(users('a', repeat({ maximum: 2 }))),
        'loop-differs a',
      ],
      [
        'instances that stand in a row',
        line(users('a', multiple({ cardinality: '2' }))),
        line(users('a', multiple({ cardinality: '2', sequential: true }))),
        'loop-differs a',
      ],
      [
        'instances of a collection',
        line(users('a', multiple({ cardinality: '2', sequential: true }))),
        line(users('a', multiple({ collection: 'v', sequential: true }))),
        'loop-differs a',
      ],
      [
        'instances with another element',
        line(users('a', multiple({ collection: '[1, 2]', as: 'x' }))),
        line(users('a', multiple({ collection: '[1, 2]', as: 'y' }))),
        'loop-differs a',
      ],
      ['another kind of event', waitsFor(after('PT1H')), waitsFor(message('M')), 'event-differs c'],
      [
        'a job that is a message now',
        ends + element('sendTask', 'a') + path('s a e'),
        ends + element('sendTask', 'a', '', 'messageRef="M"') + path('s a e'),
        'event-differs a',
      ],
      ['a boundary event that is gone', on(message('M')), line(users('a')), 'node-missing b'],
      ['a boundary event of another kind', on(after('PT1H')), on(message('M')), 'event-differs b'],
      [
        'a boundary event on another activity',
        on(message('M')),
        line(users('a')) + boundary('b', 'z', message('M')) + end('x') + path('b x'),
        'event-elsewhere b',
      ],
      [
        'a cycle that does not repeat',
        on(timer('timeCycle', 'R3/PT1H'), false),
        on(after('PT1H'), false),
        'event-differs b',
      ],
      [
        'a timer that repeats',
        on(after('PT1H'), false),
        on(timer('timeCycle', 'R3/PT1H'), false),
        'event-differs b',
      ],
      [
        'two events in one',
        on(message('M')) + boundary('d', 'a', message('N')) + path('d z'),
        on(message('M')),
        'mapped-twice d',
        { d: 'b' },
      ],
      [
        'an event behind another gateway',
        ends +
          eventBased('g') +
          catching('m', message('M')) +
          catching('t', after('PT1H')) +
          path('s g m e') +
          path('g t e'),
        ends +
          eventBased('g') +
          catching('m', message('M')) +
          catching('t', after('PT1H')) +
          catching('u', after('PT2H')) +
          path('s g u e') +
          path('g t e') +
          users('k') +
          flow('u', 'k') +
          path('k m e'),
        'event-elsewhere m',
      ],
      [
        'outputs that are lost with what was written inside',
        ends + subProcess('p', mapping({}, { y: '=v' }) + inner) + path('s p e'),
        ends + sub('p') + path('s p e'),
        'outputs-differ p',
      ],
    ];
    for (const [what, before, next, refused, nodes] of IMPOSSIBLE) {
      it(what, async () => {
        // given
        const instance = await from(before);
        // when
        const refusals = instance.migrate(await to(next), nodes);
        // then
        expect(said(refusals)).to.equal(refused);
        for (const { message } of refusals) expect(message).to.be.a('string').that.is.not.empty;
      });
    }

    it('another process, unless it is mapped', async () => {
      const instance = await from(line(users('a')));
      const next = await compile(diagram(line(users('a'))).replace('id="P"', 'id="Q"'));
      expect(said(instance.migrate(next))).to.include('process-missing P');
      expect(instance.migrate(next, { P: 'Q' })).to.deep.equal([]);
      expect(instance.state.process).to.equal('Q');
      instance.complete('a');
      instance.complete('z');
      expect(instance.status).to.equal('completed');
    });

    it('a join without the flow that a token came by, unless it is mapped', async () => {
      const fork = (merge: string) =>
        ends + parallel('f') + users('a b') + path('s f a') + path('f b') + merge;
      const instance = await from(fork(parallel('j') + path('a j e') + path('b j')));
      instance.complete('a');
      const next = await to(fork(parallel('j') + flow('a', 'j', undefined, 'new') + path('b j e')));
      expect(said(instance.migrate(next))).to.equal('flow-missing j');
      expect(instance.migrate(next, { a_j: 'new' })).to.deep.equal([]);
      instance.complete('b');
      expect(instance.status).to.equal('completed');
    });

    it('a message that has a key now, or none', async () => {
      const waits = ends + catching('c', message('M')) + path('s c e');
      const keyed = messages('M', 'camunda:correlationKey="number"');
      const instance = await from(waits, { number: 1 });
      expect(said(instance.migrate(await to(waits, keyed)))).to.equal('event-differs c');
    });

    it('the flow by which a token came does not matter where nothing is joined', async () => {
      const body = (way: string) =>
        ends + users('a') + exclusive('x') + path('s a x') + flow('x', 'a', 'v') + flow('x', 'e', 'v', way);
      const instance = await from(
        ends +
          parallel('f') +
          exclusive('x') +
          path('s f') +
          flow('f', 'x') +
          flow('f', 'x', undefined, 'g') +
          flow('x', 'e', 'v') +
          users('a') +
          flow('x', 'a', 'w') +
          path('a e'),
      );
      expect(instance.incidents).to.equal('x x');
      expect(instance.migrate(await to(body('way')))).to.deep.equal([]);
    });

    it('names every token, once for each node', async () => {
      const instance = await from(line(users('a', multiple({ cardinality: '2' }))));
      const [refusal, ...others] = instance.migrate(await to(ends + users('b') + path('s b e')));
      expect(others).to.deep.equal([]);
      expect(refusal?.params).to.deep.equal({
        to: 'a',
        tokens: instance.state.tokens.map(({ id }) => id).join(' '),
      });
    });

    it('a new timer that cannot be reckoned', async () => {
      const instance = await from(line(users('a')));
      const refusals = instance.migrate(
        await to(line(users('a')) + boundary('t', 'a', after('=unknown')) + path('t z')),
      );
      expect(said(refusals)).to.equal('cannot-arm a');
      expect(refusals[0]?.params).to.include({ to: 't', code: 'TIMER_INVALID' });
    });
  });

  describe('events', () => {
    const on = (...events: string[]) => line(users('a')) + events.join('');
    const event = (id: string, definition: string, interrupting = true) =>
      boundary(id, 'a', definition, interrupting) + path(`${id} z`);

    it('keep their due times, whatever is drawn now', async () => {
      const instance = await from(on(event('t', after('PT10H'))));
      const { id, due } = instance.timer('t');
      instance.now += HOUR;
      instance.migrate(await to(on(event('u', after('PT1H')))), { t: 'u' });
      expect(instance.timer('u')).to.deep.include({ id, due });
      expect(instance.nodes('timerScheduled', instance.effects)).to.equal('');
      instance.fire('u');
      expect(instance.open).to.equal('z');
    });

    it('keep what is left of a cycle', async () => {
      const cycle = (text: string) => event('t', timer('timeCycle', text), false);
      const instance = await from(on(cycle('R3/PT1H')));
      instance.fire('t');
      instance.migrate(await to(on(cycle('R9/PT5H'))));
      instance.fire('t');
      instance.fire('t');
      expect(armed(instance)).to.equal('');
    });

    it('wait for a message under its new name', async () => {
      const instance = await from(on(event('m', message('M'))));
      instance.migrate(await to(on(event('m', message('N')))));
      expect(instance.refusal({ type: 'correlateMessage', name: 'M' })).to.equal('NO_SUBSCRIPTION');
      instance.send('N');
      expect(instance.open).to.equal('z');
    });

    it('that are new are waited for from now on', async () => {
      const instance = await from(on(event('t', after('PT10H'))));
      instance.now += HOUR;
      instance.migrate(
        await to(
          on(
            event('t', after('PT10H')),
            event('n', after('PT3H')),
            event('m', message('M')),
            event('x', error('E')),
          ),
        ),
      );
      expect(armed(instance)).to.equal('t n m');
      expect(instance.timer('n').due).to.equal(instance.now + 3 * HOUR);
      expect(instance.nodes('timerScheduled', instance.effects)).to.equal('n');
      instance.throwError('a', 'E');
      expect(instance.open).to.equal('z');
    });

    it('that have occurred are not waited for again', async () => {
      const body = on(event('t', after('PT1H'), false));
      const instance = await from(body);
      instance.fire('t');
      instance.migrate(await to(`${body}<!-- -->`));
      expect(armed(instance)).to.equal('');
    });

    it('of another kind under the same name are new', async () => {
      const instance = await from(on(event('t', after('PT1H'), false)));
      instance.fire('t');
      instance.migrate(await to(on(event('t', message('M'), false))));
      expect(armed(instance)).to.equal('t');
    });

    it('are armed for the activity as a whole, not for each instance', async () => {
      const body = line(users('a', multiple({ cardinality: '3' })));
      const instance = await from(body);
      instance.migrate(await to(body + event('t', after('PT1H'))));
      expect(armed(instance)).to.equal('t');
    });

    it('are armed on a sub-process and on a job that has failed, but not on what is left already', async () => {
      const inner = start('s1') + service('j') + end('e1') + path('s1 j e1');
      const body = ends + subProcess('a', inner) + users('z') + path('s a z e');
      const instance = await from(body);
      instance.do({ type: 'failJob', id: instance.work('j'), message: 'x' });
      const withEvents = inner + boundary('t1', 'j', after('PT1H')) + path('t1 e1');
      instance.migrate(
        await to(
          ends + subProcess('a', withEvents) + users('z') + path('s a z e') + event('t', after('PT1H')),
        ),
      );
      expect(armed(instance).split(' ').sort().join(' ')).to.equal('t t1');
    });

    it('are not armed on an activity that could not be left', async () => {
      const body = ends + users('a z') + flow('s', 'a') + flow('a', 'z', 'v') + path('z e');
      const instance = await from(body);
      instance.complete('a');
      expect(instance.incidents).to.equal('a');
      instance.migrate(await to(body + event('t', after('PT1H'))));
      expect(armed(instance)).to.equal('');
      instance.retry('a', { v: true });
      expect(instance.open).to.equal('z');
    });

    it('do not see the inputs of their activity', async () => {
      const body = line(users('a', mapping({ days: 'P1D' })));
      const instance = await from(body, { days: 'P2D' });
      instance.migrate(await to(body + event('t', after('=days'))));
      expect(instance.timer('t').due).to.equal(instance.now + 48 * HOUR);
    });

    it('behind an event-based gateway are armed too', async () => {
      const race = (more: string) =>
        ends +
        eventBased('g') +
        catching('m', message('M')) +
        catching('t', after('PT1H')) +
        path('s g m e') +
        path('g t e') +
        more;
      const instance = await from(race(''));
      instance.migrate(await to(race(catching('n', message('N')) + path('g n e'))));
      expect(armed(instance)).to.equal('m t n');
      instance.send('N');
      expect(instance.status).to.equal('completed');
    });
  });

  describe('what runs', () => {
    it('sub-processes within instances', async () => {
      const inner = (task: string) => start('s1') + users(task) + end('e1') + path(`s1 ${task} e1`);
      const many = multiple({ collection: '["p", "q"]', as: 'who' });
      const instance = await from(ends + subProcess('sub', inner('x') + many) + path('s sub e'));
      instance.complete('x');
      instance.migrate(await to(ends + subProcess('part', inner('y') + many) + path('s part e')), {
        sub: 'part',
        x: 'y',
      });
      expect(instance.open).to.equal('y');
      expect(instance.state.scopes[0]?.node).to.equal('part');
      instance.complete('y');
      expect(instance.status).to.equal('completed');
    });

    it('a sequence goes on with the new number of iterations', async () => {
      const instance = await from(line(users('a', repeat({ condition: 'true' }))));
      instance.complete('a');
      instance.migrate(await to(line(users('a', repeat({ condition: 'loopCounter < 3' })))));
      instance.complete('a');
      instance.complete('a');
      expect(instance.open).to.equal('z');
    });

    it('an incident stays, and is retried in the new definition', async () => {
      const body = (condition: string) =>
        ends +
        exclusive('x', 'x_a') +
        users('a z') +
        path('s x') +
        flow('x', 'z', condition) +
        flow('x', 'a') +
        path('a z e');
      const instance = await from(body('typo'), { ready: true });
      expect(instance.incidents).to.equal('x');
      instance.migrate(await to(body('ready')));
      expect(instance.incidents).to.equal('x');
      instance.retry('x');
      expect(instance.open).to.equal('z');
    });

    for (const gateway of [parallel, inclusive]) {
      it(`a join that lacks nothing any more fires, ${gateway.name}`, async () => {
        const body = ends + parallel('f') + users('a b') + gateway('j') + path('s f a j e') + path('f b j');
        const instance = await from(body);
        instance.complete('a');
        instance.migrate(
          await to(ends + parallel('f') + users('a b') + gateway('j') + path('s f a j e') + path('f b e')),
        );
        expect(instance.nodes('endEventReached')).to.equal('e');
        expect(instance.open).to.equal('b');
      });
    }

    it('a join that nothing can complete any more is a deadlock, and not silence', async () => {
      const fork = (more: string) =>
        ends + parallel('f j') + users('a b') + path('s f a j e') + path('f b') + more;
      const instance = await from(fork(path('b j')));
      instance.complete('a');
      const apart = exclusive('x', 'x_e') + path('b x') + flow('x', 'e') + flow('x', 'j', 'v', 'b_j');
      instance.migrate(await to(fork(apart)));
      instance.complete('b', { v: false });
      expect(instance.effects.at(-1)).to.include({ type: 'incidentRaised', flowNode: 'j', code: 'DEADLOCK' });
    });

    it('inputs stay, and outputs that are new hold', async () => {
      const instance = await from(line(users('a', mapping({ x: '=v' }))), { v: 1 });
      instance.migrate(await to(line(users('a', mapping({}, { y: '=x + w' })))));
      instance.complete('a', { w: 2 });
      expect(instance.variables).to.deep.equal({ v: 1, y: 3 });
    });

    it('outputs that are new hold for what began without mapping', async () => {
      const instance = await from(line(users('a')), { v: 1 });
      instance.migrate(await to(line(users('a', mapping({ x: '=v' }, { y: '=w' })))));
      expect(instance.tokens('a')[0]?.mapped).to.deep.equal({});
      instance.complete('a', { w: 2, lost: 3 });
      expect(instance.variables).to.deep.equal({ v: 1, y: 2 });
    });

    it('what an activity was given goes with it, though there is no mapping any more', async () => {
      const instance = await from(line(users('a', mapping({ x: '=v' }, { y: '=x' }))), { v: 1 });
      instance.migrate(await to(line(users('a'))));
      instance.complete('a', { v: 2 });
      expect(instance.tokens('z')[0]?.mapped).to.equal(undefined);
      expect(instance.variables).to.deep.equal({ v: 2 });
    });
  });

  it('every walk can be migrated at any moment to a copy with other ids, and ends', async () => {
    let migrations = 0;
    for (let seed = 0; seed < DIAGRAMS; seed++) {
      const random = seeded(seed);
      const { body, declarations } = generate(random);
      const xml = [0, 1].map((version) =>
        diagram(body, declarations).replaceAll(
          /(?<= (?:id|sourceRef|targetRef|attachedToRef|default)=")(?!M"|N"|S"|X"|P"|Definitions")/g,
          `v${version}_`,
        ),
      );
      const [one, other] = [await compile(xml[0] ?? ''), await compile(xml[1] ?? '')];
      const all = (old: string, next: string) =>
        Object.fromEntries(
          [...Object.keys(one.nodes), ...Object.keys(one.flows)].map((id) => [
            id.replace('v0', old),
            id.replace('v0', next),
          ]),
        );
      const instance = new Instance(one);
      instance.do({ type: 'start', variables: { choice: random(4), size: random(4), names: ['x', 'y'] } });
      let version = 0;
      for (let steps = 0; instance.status === 'active'; steps++) {
        const where = `seed ${seed}, step ${steps}`;
        expect(steps, where).to.be.lessThan(400);
        const [old, next] = version === 0 ? ['v0', 'v1'] : ['v1', 'v0'];
        if (random(2) === 0) {
          const before = JSON.stringify(instance.state);
          expect(instance.migrate(version === 0 ? other : one, all(old, next)), where).to.deep.equal([]);
          const expected = before
            .replaceAll(`"${old}_`, `"${next}_`)
            .replace(version === 0 ? one.hash : other.hash, version === 0 ? other.hash : one.hash);
          expect(JSON.parse(JSON.stringify(instance.state)), where).to.deep.equal(JSON.parse(expected));
          version = 1 - version;
          migrations++;
        }
        const variables = { choice: steps < 100 ? random(4) : 3 };
        const commands = possible(instance, variables);
        instance.do(commands[random(commands.length)] as Command);
      }
      expect(instance.status).to.equal('completed');
    }
    expect(migrations).to.be.greaterThan(1.5 * DIAGRAMS);
  });
});
