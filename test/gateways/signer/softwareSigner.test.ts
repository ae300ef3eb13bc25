import { verify, X509Certificate } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { holderOf } from '../../../src/gateways/signer/certificates.ts';
import { faultInChain } from '../../../src/gateways/signer/chain.ts';
import { softwareSigner } from '../../../src/gateways/signer/softwareSigner.ts';
import { inFolder } from '../support/folders.ts';
import { memorySigner, PERSON } from '../support/signing.ts';

const passphrase = 'long enough for a test';

describe('softwareSigner', () => {
  it('makes a person a key whose certificate names them and says that it is for tests', () =>
    inFolder(async (directory) => {
      // given
      const signer = softwareSigner({ directory, passphrase });
      // when
      const found = await signer.certificate(PERSON);
      const signature = await signer.sign(PERSON, Buffer.from('text'));
      // then
      const leaf = new X509Certificate(found.chainPem[0] as string);
      expect(holderOf(leaf.raw)).to.deep.equal({ ...PERSON, test: true });
      expect(found.test).to.equal(true);
      expect(verify('sha256', Buffer.from('text'), leaf.publicKey, signature)).to.equal(true);
      const root = new X509Certificate(await signer.rootCertificatePem());
      const [before, after] = ['2024-01-01', '2030-12-31'].map((day) => Date.parse(day)) as [number, number];
      expect(faultInChain(leaf, [], [root], [before, Date.now(), after])).to.equal(null);
    }));

  it('finds the same keys again', () =>
    inFolder(async (directory) => {
      // given
      const first = await softwareSigner({ directory, passphrase }).certificate(PERSON);
      // when
      const again = await softwareSigner({ directory, passphrase }).certificate(PERSON);
      // then
      expect(again).to.deep.equal(first);
    }));

  it('keeps keys encrypted, for the owner alone', () =>
    inFolder(async (directory) => {
      // given
      await softwareSigner({ directory, passphrase }).certificate(PERSON);
      // when
      const names = await readdir(join(directory, 'keys'));
      // then
      expect(names).to.have.length(2);
      for (const name of names) {
        const path = join(directory, 'keys', name);
        expect((await stat(path)).mode & 0o777).to.equal(0o600);
        expect(await readFile(path, 'utf8')).to.match(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
      }
    }));

  it('refuses a wrong or an empty passphrase', () =>
    inFolder(async (directory) => {
      // given
      await softwareSigner({ directory, passphrase }).rootCertificatePem();
      // when
      const outcome = await softwareSigner({ directory, passphrase: 'another' })
        .rootCertificatePem()
        .catch((error: Error) => error.message);
      // then
      expect(outcome).to.match(/passphrase does not open/);
      expect(() => softwareSigner({ directory, passphrase: '' })).to.throw(/empty/);
    }));

  it('makes one root and one key though many ask first at the same time', () =>
    inFolder(async (directory) => {
      // given
      const signers = Array.from({ length: 6 }, () => softwareSigner({ directory, passphrase }));
      // when
      const found = await Promise.all(signers.map((signer) => signer.certificate(PERSON)));
      // then
      expect(new Set(found.map((each) => each.chainPem.join(''))).size).to.equal(1);
      expect(await readdir(join(directory, 'keys'))).to.have.length(2);
    }));

  it('is not disturbed by what a crash left behind', () =>
    inFolder(async (directory) => {
      // given
      await softwareSigner({ directory, passphrase }).rootCertificatePem();
      await writeFile(join(directory, 'keys', '.half.tmp'), '-----BEGIN ENC');
      // when
      const found = await softwareSigner({ directory, passphrase }).certificate(PERSON);
      // then
      expect(found.chainPem).to.have.length(2);
    }));

  it('gives a person who changed name a new certificate for the same key', () =>
    inFolder(async (directory) => {
      // given
      const signer = softwareSigner({ directory, passphrase });
      const before = new X509Certificate((await signer.certificate(PERSON)).chainPem[0] as string);
      // when
      const renamed = { ...PERSON, name: 'Autre nom' };
      const after = new X509Certificate((await signer.certificate(renamed)).chainPem[0] as string);
      // then
      expect(holderOf(after.raw).name).to.equal('Autre nom');
      expect(after.publicKey.equals(before.publicKey)).to.equal(true);
    }));
});

describe('faultInChain', () => {
  const certificatesOf = async (signer: ReturnType<typeof memorySigner>) =>
    (await signer.certificate(PERSON)).chainPem.map((pem) => new X509Certificate(pem)) as [
      X509Certificate,
      X509Certificate,
    ];

  it('names what is wrong with a chain', async () => {
    // given
    const [leaf, root] = await certificatesOf(memorySigner());
    const [otherLeaf, otherRoot] = await certificatesOf(memorySigner());
    const now = [Date.now()];
    // then
    expect(faultInChain(leaf, [root], [root], now)).to.equal(null);
    expect(faultInChain(leaf, [root], [otherRoot], now)).to.equal('UNTRUSTED_ROOT');
    expect(faultInChain(leaf, [root], [root], [Date.parse('2019-12-31')])).to.equal('CERTIFICATE_EXPIRED');
    expect(faultInChain(leaf, [root], [root], [Date.parse('2100-01-01')])).to.equal('CERTIFICATE_EXPIRED');
    expect(faultInChain(root, [], [root], now)).to.equal('CERTIFICATE_NOT_FOR_SIGNING');
    expect(faultInChain(otherLeaf, [leaf], [leaf], now)).to.equal('UNTRUSTED_ROOT');
  });
});
