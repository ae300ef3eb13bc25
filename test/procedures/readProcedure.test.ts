import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { listProcedures, ProcedureFileError, readProcedure } from '../../src/procedures/readProcedure.ts';

const ID = 'building-permit-small';

describe('readProcedure', () => {
  let root: string;
  const folders = () => ({ processes: join(root, 'processes'), forms: join(root, 'forms') });
  const error = (id: string): Promise<unknown> =>
    readProcedure(folders(), id).then(
      () => null,
      (reason: unknown) => reason,
    );

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'procedures-'));
    await cp(join('processes', ID), join(root, 'processes', ID), { recursive: true });
    await cp(join('forms', ID), join(root, 'forms', ID), { recursive: true });
  });
  afterEach(() => rm(root, { recursive: true }));

  it('reads diagram, settings, tables and forms', async () => {
    // when
    const source = await readProcedure(folders(), ID);
    // then
    expect(source.settings.numberType).to.equal('PC');
    expect(Object.keys(source.decisions)).to.have.members(['classification', 'committee', 'members', 'tax']);
    expect(Object.keys(source.forms)).to.have.length(14).and.to.include(`${ID}/application`);
    expect(source.forms[`${ID}/application`]?.texts.ar.title).to.match(/\p{Script=Arabic}/u);
    expect(await listProcedures(folders())).to.deep.equal([ID]);
  });

  it('brings the forms of another procedure that the diagram names', async () => {
    // given
    await cp(join(root, 'forms', ID), join(root, 'forms', 'shared'), { recursive: true });
    const path = join(root, 'processes', ID, `${ID}.bpmn`);
    const { diagram } = await readProcedure(folders(), ID);
    await writeFile(
      path,
      diagram.replace(`${ID}/minutes`, 'shared/minutes').replace(`${ID}/prompt`, 'shared/none'),
    );
    // when
    const { forms } = await readProcedure(folders(), ID);
    // then
    expect(Object.keys(forms).filter((key) => key.startsWith('shared/'))).to.deep.equal(['shared/minutes']);
  });

  for (const id of ['no-such-procedure', '../forms', '', 'Building']) {
    it(`does not find « ${id} »`, async () => {
      expect(await error(id)).to.have.property('code', 'PROCEDURE_NOT_FOUND');
    });
  }

  for (const [why, path, content] of [
    ['a file that nothing reads', `processes/${ID}/notes.txt`, 'x'],
    ['a table that is not JSON', `processes/${ID}/decisions/tax.json`, '{'],
    ['a stray file among the tables', `processes/${ID}/decisions/tax.csv`, ''],
    ['a stray file among the forms', `forms/${ID}/opinion.es.json`, '{}'],
    ['a form in one part', `forms/${ID}/extra.schema.json`, '{}'],
  ]) {
    it(`refuses ${why}`, async () => {
      // given
      await writeFile(join(root, path ?? ''), content ?? '');
      // then
      expect(await error(ID)).to.be.instanceOf(ProcedureFileError);
    });
  }
});
