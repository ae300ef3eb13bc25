import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { padesSigner } from '../../src/gateways/pdf/padesSigner.ts';
import { pdfWorker } from '../../src/gateways/pdf/pdfWorker.ts';
import { inFolder } from './support/folders.ts';
import { planPdf } from './support/pdfs.ts';
import { memorySigner, PERSON } from './support/signing.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, ['--import', 'tsx', 'src/verify.ts', ...args], { cwd: root, encoding: 'utf8' });

describe('npm run verify', () => {
  it('exits with 0, 1 or 2 and says why in three languages', () =>
    inFolder(async (folder) => {
      // given
      const signer = memorySigner();
      const worker = pdfWorker();
      const signed = await padesSigner(worker).sign(await planPdf(), {
        signer,
        person: PERSON,
        name: PERSON.name,
        reason: 'r',
        location: 'l',
        at: Date.parse('2025-03-02T10:00:00Z'),
      });
      await worker.close();
      const files = {
        good: signed,
        bad: Buffer.concat([signed, Buffer.from('more')]),
        cut: signed.subarray(0, 300),
        root: signer.rootPem,
      };
      const path = Object.fromEntries(
        Object.keys(files).map((name) => [name, join(folder, name)]),
      ) as typeof files extends infer T ? Record<keyof T, string> : never;
      for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
      // when
      const good = run(path.good, '--trust', path.root);
      const bad = run(path.bad, '--trust', path.root, '--json');
      const cut = run(path.cut, '--trust', path.root, '--lang', 'fr');
      const usage = run(path.good);
      const missing = run(join(folder, 'none.pdf'), '--trust', path.root);
      const noRoot = run(path.good, '--trust', path.good);
      // then
      expect([good, bad, cut, usage, missing, noRoot].map((each) => each.status)).to.deep.equal([
        0, 1, 2, 2, 2, 2,
      ]);
      expect(good.stdout).to.contain('الوثيقة صحيحة').and.to.contain('Le document est authentique');
      expect(good.stdout)
        .to.contain('The document is authentic')
        .and.to.contain('test key')
        .and.to.contain(PERSON.name);
      const [reason] = JSON.parse(bad.stdout).reasons;
      expect(reason)
        .to.include({ code: 'CHANGED_AFTER_SIGNING' })
        .and.to.have.all.keys('code', 'params', 'ar', 'fr', 'en');
      expect(cut.stdout).to.equal(
        "Le document n'a pas pu être lu.\n- Le fichier est tronqué : il manque la fin.\n",
      );
      expect(usage.stderr).to.contain('--trust');
      expect(missing.stderr).to.contain('none.pdf');
    }));
});
