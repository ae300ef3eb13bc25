import { expect } from 'chai';
import {
  element,
  ends,
  multiple,
  path,
  repeat,
  script,
  start,
  subProcess,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const line = (text: string) => ends + script('c', text, 'fee') + users('a') + path('s c a e');

describe('Script task in FEEL (BPMN 2.0.2, 10.3.3 and 13.3.3)', () => {
  it('computes its variable, and waits for nothing', async () => {
    // when
    const instance = await begin(line('if area > 200 then 300 else 100'), { variables: { area: 250 } });
    // then
    expect(instance.open).to.equal('a');
    expect(instance.variables).to.deep.equal({ area: 250, fee: 300 });
    expect(instance.trace).to.equal('s c a');
  });

  for (const [format, text] of [
    ['feel', '= 1 + 1'],
    ['text/x-FEEL', '1 + 1'],
    ['FEEL', '<![CDATA[ if 1 < 2 then 2 else 3 ]]>'],
  ] as const) {
    it(`${format}: ${text}`, async () => {
      const attributes = `scriptFormat="${format}" permit:resultVariable="v"`;
      const task = element('scriptTask', 'c', `<bpmn:script>${text}</bpmn:script>`, attributes);
      const instance = await begin(ends + task + path('s c e'));
      expect(instance.variables).to.deep.equal({ v: 2 });
      expect(instance.status).to.equal('completed');
    });
  }

  it('null is a value', async () => {
    const instance = await begin(line('nothing'), { variables: { fee: 1 } });
    expect(instance.variables).to.deep.equal({ fee: null });
  });

  it('dates come out as text, lists and contexts as they are', async () => {
    const instance = await begin(line('{ on: date("2026-01-01"), list: [1, 2] }'));
    expect(instance.variables).to.deep.equal({ fee: { on: '2026-01-01', list: [1, 2] } });
  });

  it('what cannot be evaluated is an incident that writes nothing, and is tried again', async () => {
    const instance = await begin(line('union(v)'), { variables: { fee: 7, v: 1 } });
    expect(instance.effects.at(-1)).to.include({ type: 'incidentRaised', code: 'EXPRESSION_FAILED' });
    expect(instance.variables).to.deep.equal({ fee: 7, v: 1 });
    instance.retry('c', { v: [[1]] });
    expect(instance.open).to.equal('a');
    expect(instance.variables).to.deep.equal({ fee: [1], v: [[1]] });
  });

  it('text that looks like code is text', async () => {
    const instance = await begin(line('"process.exit(1)"'));
    expect(instance.variables.fee).to.equal('process.exit(1)');
  });

  it('a variable named like a member of objects is just a variable', async () => {
    const instance = await begin(ends + script('c', '1', '__proto__') + path('s c e'));
    expect(JSON.stringify(instance.variables)).to.equal('{"__proto__":1}');
  });

  it('each instance writes where it sees the variable defined', async () => {
    const inner = start('s1') + script('c', 'who + "!"', 'who') + users('a') + path('s1 c a');
    const loop = multiple({ collection: 'names', as: 'who' });
    const instance = await begin(ends + subProcess('sub', inner + loop) + path('s sub e'), {
      variables: { names: ['x', 'y'] },
    });
    const seen = instance.effects.flatMap((each) =>
      each.type === 'taskCreated' ? [each.variables.who] : [],
    );
    expect(seen).to.deep.equal(['x!', 'y!']);
    expect(instance.variables).to.deep.equal({ names: ['x', 'y'] });
  });

  it('may be done again until it has found what it looks for', async () => {
    const task = script('c', 'n * 2', 'n').replace(
      '</bpmn:scriptTask>',
      `${repeat({ condition: 'n < 100' })}$&`,
    );
    const instance = await begin(ends + task + path('s c e'), { variables: { n: 3 } });
    expect(instance.variables).to.deep.equal({ n: 192 });
  });
});
