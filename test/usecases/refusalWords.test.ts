import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { EXCLUSIONS } from '../../src/engine/bpmnServer/profile.ts';
import { INSTEADS, inWords, RULES } from '../../src/usecases/procedures/refusalWords.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['packages/bpmn-core/src/compile', 'src/engine'];

/** Everything that the engines say when they refuse. */
const SOURCES = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
).join('\n');

const found = (pattern: RegExp): string[] => [
  ...new Set([...SOURCES.matchAll(pattern)].map(([, text]) => text ?? '')),
];

describe('the words of what the engines refuse', () => {
  it('are there for every rule, in Arabic and in French', () => {
    const rules = found(/(?:report\.refuse\(|rule: )\s*'([a-z]+(?:-[a-z]+)*)'/g);
    expect(rules.length).to.be.greaterThan(50);
    for (const rule of rules) expect(RULES[rule], rule).to.have.length(2);
  });

  it('are there for all that is drawn instead', () => {
    const table = readFileSync(join(ROOT, 'packages/bpmn-core/src/compile/instead.ts'), 'utf8');
    const drawn = [
      ...[...table.matchAll(/'bpmn:\w+':\s*'([^']+)'/g)].map(([, text]) => text ?? ''),
      ...found(/instead(?: =|:) '([^']+)'/g),
      ...EXCLUSIONS.map(({ instead }) => instead),
    ];
    expect(drawn.length).to.be.greaterThan(40);
    for (const instead of drawn) expect(INSTEADS[instead], instead).to.have.length(2);
  });

  it('name what is meant, isolated inside Arabic', () => {
    const said = inWords({
      rule: 'unsupported-element',
      element: 'a',
      message: 'bpmn:ComplexGateway is not supported; draw instead: an inclusive or parallel gateway',
      params: { construct: 'bpmn:ComplexGateway', instead: 'an inclusive or parallel gateway' },
    });
    expect(said.fr).to.equal(
      'Le moteur n’exécute pas bpmn:ComplexGateway. Dessinez à la place : une passerelle inclusive ou parallèle.',
    );
    expect(said.ar).to.include('\u2068bpmn:ComplexGateway\u2069').and.to.include('بوابة شاملة أو متوازية');
    expect(said.en).to.include('draw instead');
  });

  it('use only what a refusal brings', () => {
    for (const [rule, words] of Object.entries(RULES)) {
      for (const text of words) {
        const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        expect([...new Set(names)].sort(), rule).to.deep.equal(
          [...new Set([...(words[0] ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort(),
        );
      }
    }
  });
});
