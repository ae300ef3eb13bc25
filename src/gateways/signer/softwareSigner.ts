import { sign, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { holderOf, issuePerson, issueRoot } from './certificates.ts';
import { signDetached } from './jws.ts';
import { type Identity, keyFiles, newKey } from './keyFiles.ts';
import type { Signatory, Signer, SigningCertificate } from './signer.ts';

const ROOT = 'root';

/**
 * Signs with test keys kept on this machine: a root is made on first use, and a P-256 key with its certificate for
 * each person when the person first signs. The certificates say that they are for tests. They are valid from 2020 to
 * ten years after the root was made (real time), so that documents dated by a demonstration clock verify as well.
 */
export function softwareSigner(options: { directory: string; passphrase: string }): Signer {
  const store = keyFiles(join(options.directory, 'keys'), options.passphrase);
  const opened = new Map<string, Promise<Identity>>();

  /** Runs once per identity; a failure is forgotten so that the next call tries again. */
  function once(key: string, make: () => Promise<Identity>): Promise<Identity> {
    const known = opened.get(key);
    if (known !== undefined) return known;
    const made = make();
    opened.set(key, made);
    made.catch(() => opened.delete(key));
    return made;
  }

  const root = (): Promise<Identity> =>
    once(ROOT, async () => {
      const kept = await store.find(ROOT);
      if (kept !== null) return kept;
      const privateKey = newKey();
      return store.create(ROOT, { privateKey, certificatePem: issueRoot(privateKey) });
    });

  function identityOf(person: Signatory): Promise<Identity> {
    const file = `person:${person.account}`;
    return once(`${file}:${person.name}`, async () => {
      const authority = await root();
      const certify = (privateKey: Identity['privateKey']): Identity => ({
        privateKey,
        certificatePem: issuePerson(person, privateKey, authority.certificatePem, authority.privateKey),
      });
      const kept = (await store.find(file)) ?? (await store.create(file, certify(newKey())));
      const current = new X509Certificate(kept.certificatePem);
      const isSound =
        holderOf(current.raw).name === person.name &&
        current.verify(new X509Certificate(authority.certificatePem).publicKey);
      if (isSound) return kept;
      // The person's name changed, or the root was made anew: same key, new certificate.
      const renewed = certify(kept.privateKey);
      await store.replace(file, renewed);
      return renewed;
    });
  }

  const signer: Signer = {
    kind: 'software',

    async certificate(person): Promise<SigningCertificate> {
      const [identity, authority] = await Promise.all([identityOf(person), root()]);
      const leaf = new X509Certificate(identity.certificatePem);
      return {
        chainPem: [identity.certificatePem, authority.certificatePem],
        subject: { name: person.name, account: person.account },
        notAfter: Date.parse(leaf.validTo),
        test: true,
      };
    },

    async sign(person, bytes) {
      return sign('sha256', bytes, (await identityOf(person)).privateKey);
    },

    signJson: (person, payload) => signDetached(signer, person, payload),

    rootCertificatePem: async () => (await root()).certificatePem,
  };
  return signer;
}
