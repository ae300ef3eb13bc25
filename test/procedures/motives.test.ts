import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadMotives } from '../../src/procedures/motives.ts';

describe('motives', () => {
  it('gives the grounds of a procedure in three languages, and none to a procedure that has none', async () => {
    // when
    const motives = await loadMotives('reference/motives');

    // then
    const found = motives.of('building-permit-small');
    expect(found.map(({ id }) => id)).to.include.members(['height', 'networks', 'agencyUnfavourable']);
    for (const use of ['remark', 'refusal', 'modification'] as const)
      expect(found.some((one) => one.for.includes(use))).to.equal(true);
    expect(motives.of('something-else')).to.deep.equal([]);
  });

  describe('a file that is wrong', () => {
    let dir: string;
    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'motives-'));
    });
    afterEach(() => rm(dir, { recursive: true }));

    const motive = (id: string) => ({
      id,
      article: 'art. 1',
      for: ['remark'],
      text: { ar: 'سبب', fr: 'Motif', en: 'Ground' },
      source: 'Loi',
      doubt: null,
    });
    const put = (motives: unknown[]) =>
      writeFile(
        join(dir, 'one.json'),
        JSON.stringify({ id: 'one', version: '1', procedures: ['permit'], motives }),
      );

    it('is refused by its name', async () => {
      await put([{ ...motive('a'), text: { fr: 'Motif' } }]);
      let told = '';
      await loadMotives(dir).catch((error: Error) => {
        told = error.message;
      });
      expect(told).to.match(/^one\.json: .*required/);
    });

    it('tells no ground twice to one procedure', async () => {
      await put([motive('a')]);
      await writeFile(
        join(dir, 'two.json'),
        JSON.stringify({ id: 'two', version: '1', procedures: ['permit'], motives: [motive('a')] }),
      );
      let told = '';
      await loadMotives(dir).catch((error: Error) => {
        told = error.message;
      });
      expect(told).to.equal('two.json: permit has two motives a');
    });
  });
});
