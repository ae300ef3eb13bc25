import { expect } from 'chai';
import { CompileError, compile } from '../../src/index.ts';
import {
  diagram,
  element,
  ends,
  exclusive,
  flow,
  inclusive,
  parallel,
  path,
  users,
} from '../support/diagram.ts';

const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join('');
const line = ends + users('a') + path('s a e');

/** Processor time since, so that a busy machine does not count. */
function milliseconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Far above what an honest machine needs, far below what an expansion without bounds would take. */
const BOUND_MS = 10_000;

const HOSTILE: [rule: string, what: string, xml: () => string][] = [
  ['invalid-xml', 'nothing', () => ''],
  ['invalid-xml', 'no XML', () => 'once upon a time'],
  ['invalid-xml', 'half a document', () => diagram(line).slice(0, 400)],
  ['invalid-xml', 'another language', () => '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['invalid-xml', 'a foreign root', () => '<html><body/></html>'],
  ['doctype', 'a DOCTYPE', () => `<!DOCTYPE x>${diagram(line)}`],
  [
    'doctype',
    'entities that grow',
    () => `<!doctype x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${diagram(line)}`,
  ],
  [
    'doctype',
    'an external entity',
    () => `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${diagram(line)}`,
  ],
  [
    'too-large',
    'three million bytes',
    () => diagram(line.replace('id="a"', `id="a" name="${'x'.repeat(3_000_000)}"`)),
  ],
  [
    'too-large',
    'two bytes for each letter',
    () => diagram(line.replace('id="a"', `id="a" name="${'م'.repeat(1_000_001)}"`)),
  ],
  [
    'too-many-elements',
    'six thousand elements',
    () => diagram(line + many(6_000, (i) => element('task', `t${i}`))),
  ],
  ['too-deep', 'six thousand of them unclosed', () => '<a>'.repeat(6_000)],
  ['too-deep', 'elements two hundred deep', () => `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`],
  ...['"', "'"].map((quote): [string, string, () => string] => [
    'too-deep',
    `elements that look closed by what stands between ${quote} and ${quote}`,
    () => `${`<a b=${quote}/>${quote}>`.repeat(200)}${'</a>'.repeat(200)}`,
  ]),
  [
    'too-deep',
    'sub-processes one in the other',
    () => {
      const open = many(120, (i) => `<bpmn:subProcess id="p${i}">`);
      return diagram(`${line}${open}${'</bpmn:subProcess>'.repeat(120)}`);
    },
  ],
];

describe('Hostile documents', () => {
  for (const [rule, what, xml] of HOSTILE) {
    it(`${what}: ${rule}, in bounded time`, async () => {
      const document = xml();
      const before = process.cpuUsage();
      try {
        await compile(document);
        expect.fail('compiled');
      } catch (error) {
        if (!(error instanceof CompileError)) throw error;
        expect(error.refusals[0]?.rule).to.equal(rule);
      }
      expect(milliseconds(before)).to.be.lessThan(BOUND_MS);
    });
  }

  for (const [what, text] of [
    ['long', (index: number) => Array.from({ length: 110 }, (_, i) => `a${i}b${index} = 1`).join(' and ')],
    ['nested', (index: number) => `${'{a: '.repeat(15)}${index}${'}'.repeat(15)}`],
    ['looping', (index: number) => `${'for x in l return '.repeat(10)}${index}`],
    ['far too deep', (index: number) => `${'{a: '.repeat(480)}${index}`],
  ] as [string, (index: number) => string][]) {
    it(`a thousand ${what} expressions: decided in bounded time`, async () => {
      const branches = many(900, (i) => element('userTask', `t${i}`) + flow('x', `t${i}`, text(i)));
      const document = diagram(ends + exclusive('x', 'x_e') + path('s x e') + branches);
      const before = process.cpuUsage();
      try {
        await compile(document);
      } catch (error) {
        expect(error).to.be.instanceOf(CompileError);
      }
      expect(milliseconds(before)).to.be.lessThan(BOUND_MS);
    });
  }

  it('a tag in a quotation, or one kind of quotation mark in the other, counts for nothing', async () => {
    const name = `${'&lt;a> '.repeat(200)}'`;
    expect((await compile(diagram(line.replace('id="a"', `id="a" name="${name}"`)))).nodes.a?.name).to.match(
      /'$/,
    );
  });

  it('a comment or text with tags counts for nothing', async () => {
    const quiet = `${line}<!-- ${'<a>'.repeat(6_000)} --><bpmn:textAnnotation id="n"><bpmn:text><![CDATA[${'<b>'.repeat(6_000)}]]></bpmn:text></bpmn:textAnnotation>`;
    expect((await compile(diagram(quiet))).nodes.a?.type).to.equal('bpmn:UserTask');
  });

  it('a processing instruction with tags counts for nothing', async () => {
    const document = diagram(line).replace('?>', `?><?note ${'<a>'.repeat(6_000)}?>`);
    expect((await compile(document)).nodes.a?.type).to.equal('bpmn:UserTask');
  });

  it('as much as is let in is not refused for it, one more is', async () => {
    const rules = async (xml: string) => {
      const error: unknown = await compile(xml).catch((thrown: unknown) => thrown);
      return error instanceof CompileError ? error.refusals.map(({ rule }) => rule) : [];
    };
    const nested = (depth: number) =>
      `<?xml version="1.0"?>${'<a>'.repeat(depth - 1)}<b/><b/>${'</a>'.repeat(depth - 1)}`;
    const flat = (count: number) => `<a>${'<b/>'.repeat(count - 1)}</a>`;
    const heavy = (bytes: number) => `<a>${'é'.repeat((bytes - 8) / 2)}</a> `;
    for (const [rule, document, most] of [
      ['too-deep', nested, 100],
      ['too-many-elements', flat, 5_000],
      ['too-large', heavy, 2_000_000],
    ] as const) {
      expect(await rules(document(most)), `${rule}, the most`).not.to.include(rule);
      expect(await rules(document(most + 2)), `${rule}, more`).to.include(rule);
    }
    expect(await rules(nested(101))).to.include('too-deep');
    expect(await rules(flat(5_001))).to.include('too-many-elements');
  });

  it('the largest diagrams that are let in compile in bounded time', async () => {
    // given two thousand branches between inclusive gateways, and a chain of as many tasks
    const wide =
      ends +
      inclusive('g') +
      inclusive('j') +
      path('s g') +
      path('j e') +
      many(1_600, (i) => element('userTask', `t${i}`) + flow('g', `t${i}`) + flow(`t${i}`, 'j'));
    const long =
      ends + users(many(2_400, (i) => ` t${i}`).trim()) + path(`s${many(2_400, (i) => ` t${i}`)} e`);
    const joins =
      ends +
      parallel('g') +
      path(`s g j0${many(600, (i) => ` j${i + 1}`)} e`) +
      many(601, (i) => inclusive(`j${i}`)) +
      many(601, (i) => flow('g', `j${i}`, undefined, `x${i}`));
    for (const body of [wide, long, joins]) {
      const before = process.cpuUsage();
      await compile(diagram(body));
      expect(milliseconds(before)).to.be.lessThan(BOUND_MS);
    }
  });
});
