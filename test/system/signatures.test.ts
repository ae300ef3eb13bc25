import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeSamples } from '../../scripts/samples.ts';
import { padesSigner } from '../../src/gateways/pdf/padesSigner.ts';
import type { PdfSigner, SignatureRequest } from '../../src/gateways/pdf/pdfSigner.ts';
import { type PdfWorker, pdfWorker } from '../../src/gateways/pdf/pdfWorker.ts';
import type { TemplateName } from '../../src/gateways/pdf/templates.ts';
import { typstRenderer } from '../../src/gateways/pdf/typstRenderer.ts';
import { verifyPdf } from '../../src/gateways/pdf/verify.ts';
import { softwareSigner } from '../../src/gateways/signer/softwareSigner.ts';
import { inFolder } from '../gateways/support/folders.ts';
import { letterhead, letters } from '../gateways/support/letters.ts';
import { planPdf } from '../gateways/support/pdfs.ts';
import { cmsSpan, PERSON } from '../gateways/support/signing.ts';

/** Runs a tool of the machine; one that is missing fails the test. */
function tool(name: string, ...args: string[]): { status: number | null; output: string } {
  const done = spawnSync(name, args, { encoding: 'utf8' });
  if (done.error !== undefined) throw new Error(`${name} is needed for this test: ${done.error.message}`);
  return { status: done.status, output: done.stdout + done.stderr };
}

const stamp = { number: letterhead.number, date: '2026-11-23', commune: letterhead.commune, test: true };

describe('signed documents, as other programs see them', () => {
  let worker: PdfWorker;
  let office: PdfSigner;
  before(() => {
    worker = pdfWorker();
    office = padesSigner(worker);
  });
  after(() => worker.close());

  const requestIn = (folder: string): SignatureRequest => ({
    signer: softwareSigner({ directory: folder, passphrase: 'for the test' }),
    person: PERSON,
    name: PERSON.name,
    reason: 'رخصة البناء / Permis de construire',
    location: 'Chefchaouen',
    at: Date.parse('2026-11-23T10:50:00Z'),
  });

  /** Writes a signed file, its CMS, the bytes it covers and the root; returns their paths. */
  async function laidOut(folder: string, signed: Buffer, request: SignatureRequest) {
    const { start, end } = cmsSpan(signed);
    const paths = { pdf: '', cms: '', covered: '', root: '', leaf: '' };
    const { chainPem } = await request.signer.certificate(PERSON);
    const contents = {
      pdf: signed,
      cms: Buffer.from(signed.toString('latin1', start, end), 'hex'),
      covered: Buffer.concat([signed.subarray(0, start - 1), signed.subarray(end + 1)]),
      root: Buffer.from(await request.signer.rootCertificatePem()),
      leaf: Buffer.from(chainPem[0] as string),
    };
    for (const [name, content] of Object.entries(contents)) {
      paths[name as keyof typeof paths] = join(folder, `file.${name}`);
      await writeFile(paths[name as keyof typeof paths], content);
    }
    return paths;
  }

  function expectAccepted(paths: Awaited<ReturnType<typeof laidOut>>): void {
    const pdfsig = tool('pdfsig', paths.pdf).output;
    expect(pdfsig).to.contain('Signature is Valid').and.to.contain('Total document signed');
    expect(pdfsig).to.contain('ETSI.CAdES.detached').and.to.contain(PERSON.name);
    expect(pdfsig.match(/Signature #/g)).to.have.length(1);
    const cades = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-purpose', 'any'];
    const cms = tool(
      'openssl',
      ...cades,
      '-in',
      paths.cms,
      '-content',
      paths.covered,
      '-CAfile',
      paths.root,
      '-out',
      '/dev/null',
    );
    expect(cms.status, cms.output).to.equal(0);
    const qpdf = tool('qpdf', '--check', paths.pdf);
    expect(qpdf.status, qpdf.output).to.equal(0);
  }

  for (const name of Object.keys(letters) as TemplateName[]) {
    it(`a signed letter "${name}" is accepted by pdfsig, openssl and qpdf`, () =>
      inFolder(async (folder) => {
        // given
        const request = requestIn(folder);
        const letter = await typstRenderer(worker).render(name, letters[name]);
        // when
        const signed = await office.sign(letter, request);
        // then
        const paths = await laidOut(folder, signed, request);
        expectAccepted(paths);
        expect(verifyPdf(signed, { rootPem: await request.signer.rootCertificatePem() }).status).to.equal(
          'valid',
        );
      }));
  }

  it('the certificates pass the strict checks of openssl', () =>
    inFolder(async (folder) => {
      // given
      const request = requestIn(folder);
      const paths = await laidOut(folder, await office.sign(await planPdf(), request), request);
      // when
      const strict = tool('openssl', 'verify', '-x509_strict', '-CAfile', paths.root, paths.leaf);
      // then
      expect(strict.status, strict.output).to.equal(0);
    }));

  it('a stamped plan is accepted, and its stamp can be read on every page', () =>
    inFolder(async (folder) => {
      // given
      const request = requestIn(folder);
      const { architecturalPlan } = await makeSamples(join(folder, 'samples'));
      const plans = [
        await readFile(architecturalPlan.path),
        await planPdf({ rotations: [0, 90, 180, 270], useObjectStreams: true }),
      ];
      for (const plan of plans) {
        // when
        const signed = await office.stampAndSign(plan, { ...request, stamp });
        // then
        const paths = await laidOut(folder, signed, request);
        expectAccepted(paths);
        const text = tool('pdftotext', '-layout', paths.pdf, '-').output;
        expect(text.split('\f').filter((page) => page.includes('Ne varietur'))).to.have.length(4);
        expect(text).to.contain(letterhead.number);
      }
    }));

  it('a changed licence is refused by the same tools and by ours', () =>
    inFolder(async (folder) => {
      // given
      const request = requestIn(folder);
      const signed = await office.sign(
        await typstRenderer(worker).render('licence', letters.licence),
        request,
      );
      signed[3000] = (signed[3000] as number) ^ 1;
      // when
      const paths = await laidOut(folder, signed, request);
      // then
      expect(tool('pdfsig', paths.pdf).output).not.to.contain('Signature is Valid');
      expect(verifyPdf(signed, { rootPem: await request.signer.rootCertificatePem() }).status).to.equal(
        'invalid',
      );
    }));

  it('Arabic and French can be copied out of a licence', () =>
    inFolder(async (folder) => {
      // given
      const path = join(folder, 'licence.pdf');
      await writeFile(path, await typstRenderer(worker).render('licence', letters.licence));
      // when
      const text = tool('pdftotext', '-layout', path, '-').output.replace(
        /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
        '',
      );
      // then
      for (const words of [
        'المملكة المغربية',
        'جماعة شفشاون',
        'رخصة البناء',
        'المهندس المعماري',
        'موافق مع تحفظات',
      ]) {
        expect(text).to.contain(words);
      }
      for (const words of [
        'Royaume du Maroc',
        'Commune de Chefchaouen',
        letterhead.number,
        '3 600,00 DH',
        '17-B',
        'TF 12345/61',
      ]) {
        expect(text).to.contain(words);
      }
      expect(text).to.contain('9f86d081884c7d659a2feaa0c55ad015');
    }));

  it('the fonts are all embedded, so that a letter looks the same on a bare machine', () =>
    inFolder(async (folder) => {
      // given
      const path = join(folder, 'licence.pdf');
      await writeFile(path, await typstRenderer(worker).render('licence', letters.licence));
      // when
      const lines = tool('pdffonts', path).output.trim().split('\n').slice(2);
      // then
      expect(lines.length).to.be.greaterThan(2);
      for (const line of lines)
        expect(line)
          .to.match(/Amiri|Libertinus|DejaVuSansMono/)
          .and.to.match(/ yes yes yes /);
    }));
});
