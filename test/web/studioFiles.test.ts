import { expect } from 'chai';
import { fileDifferences } from '../../web/src/spaces/studio/compare/differences.ts';
import { placeFiles } from '../../web/src/spaces/studio/folder.ts';

const content = '{}';
const placed = (...paths: string[]) => placeFiles(paths.map((path) => ({ path, content })));

describe('files picked for a procedure', () => {
  const PLACES = [
    'forms/advertising-permit/decision.fr.json',
    'processes/advertising-permit/advertising-permit.bpmn',
    'processes/advertising-permit/cases/refused.json',
    'processes/advertising-permit/decisions/tax.json',
    'processes/advertising-permit/procedure.json',
  ];

  it('find their place, whichever folder was picked', () => {
    for (const picked of [
      // the folder that holds both
      PLACES.map((path) => `advertising-permit/${path}`),
      PLACES.map((path) => `/${path}`),
      PLACES,
      // each procedure's folder alone, one after the other
      PLACES.map((path) => path.replace(/^(processes|forms)\//, '')),
    ]) {
      const { files, astray } = placed(...picked);
      expect(files.map(({ path }) => path).sort()).to.deep.equal(PLACES);
      expect(astray).to.deep.equal([]);
    }
  });

  it('are told apart when they have no place; hidden ones are passed over', () => {
    const { files, astray } = placed('a/a.bpmn', 'a/notes.txt', 'a/.DS_Store', 'a/b.bpmn');
    expect(files.map(({ path }) => path)).to.deep.equal(['processes/a/a.bpmn']);
    expect(astray).to.deep.equal(['a/notes.txt', 'a/b.bpmn']);
  });

  it('are nowhere without a diagram, which names the procedure', () => {
    expect(placed('a/procedure.json').files).to.deep.equal([]);
  });
});

describe('differences of files', () => {
  it('are told value by value, files that came or went as a whole, and cases not at all', () => {
    // given
    const file = (path: string, value: unknown) => ({ path, content: JSON.stringify(value) });
    const before = [
      file('processes/a/procedure.json', { name: { fr: 'Avant' }, pieces: [1, 2] }),
      file('forms/a/old.fr.json', {}),
      file('processes/a/cases/x.json', { a: 1 }),
    ];
    const after = [
      file('processes/a/procedure.json', { name: { fr: 'Après' }, pieces: [1] }),
      file('forms/a/new.fr.json', {}),
      file('processes/a/cases/x.json', { a: 2 }),
    ];

    // when
    const found = fileDifferences(before, after).map(
      ({ kind, path, pointer }) => `${kind} ${path} ${pointer}`,
    );

    // then
    expect(found).to.deep.equal([
      'added forms/a/new.fr.json ',
      'removed forms/a/old.fr.json ',
      'changed processes/a/procedure.json /name/fr',
      'removed processes/a/procedure.json /pieces/1',
    ]);
  });
});
