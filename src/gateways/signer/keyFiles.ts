import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A private key and the certificate that belongs to it. */
export interface Identity {
  privateKey: KeyObject;
  certificatePem: string;
}

/** Keeps identities on disk, each key encrypted under a passphrase in one file with its certificate. */
export interface KeyFiles {
  /** The identity kept under a name, or null. @throws Error when the passphrase does not open it. */
  find(name: string): Promise<Identity | null>;
  /** Keeps a new identity; when another process kept one first, that one is returned instead. */
  create(name: string, identity: Identity): Promise<Identity>;
  /** Puts an identity in the place of the one kept. */
  replace(name: string, identity: Identity): Promise<void>;
}

/** Makes a P-256 key. */
export function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

/**
 * Opens the folder of keys; each identity is one file of mode 0600, written whole or not at all.
 * @throws Error when the passphrase is empty.
 */
export function keyFiles(directory: string, passphrase: string): KeyFiles {
  if (passphrase === '') throw new Error('The passphrase of the signing keys is empty.');
  const pathOf = (name: string): string =>
    join(directory, `${createHash('sha256').update(name).digest('hex').slice(0, 40)}.pem`);

  async function writeTemporary(identity: Identity): Promise<string> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const key = identity.privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase,
    });
    const temporary = join(directory, `.${randomUUID()}.tmp`);
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(`${key}${identity.certificatePem}`);
      await file.sync();
    } finally {
      await file.close();
    }
    return temporary;
  }

  async function syncDirectory(): Promise<void> {
    const folder = await open(directory, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  async function find(name: string): Promise<Identity | null> {
    let text: string;
    try {
      text = await readFile(pathOf(name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    const start = text.indexOf('-----BEGIN CERTIFICATE-----');
    try {
      const privateKey = createPrivateKey({ key: text.slice(0, start), format: 'pem', passphrase });
      return { privateKey, certificatePem: text.slice(start) };
    } catch (cause) {
      throw new Error(`The passphrase does not open the signing keys in ${directory}.`, { cause });
    }
  }

  return {
    find,

    async create(name, identity) {
      const temporary = await writeTemporary(identity);
      try {
        // link(2) fails when the name is taken, so that two processes can never both believe they were first.
        await link(temporary, pathOf(name));
        await syncDirectory();
        return identity;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const first = await find(name);
        if (first === null) throw error;
        return first;
      } finally {
        await rm(temporary, { force: true });
      }
    },

    async replace(name, identity) {
      await rename(await writeTemporary(identity), pathOf(name));
      await syncDirectory();
    },
  };
}
