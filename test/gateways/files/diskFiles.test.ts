import { createHash } from 'node:crypto';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect } from 'chai';
import { DomainError } from '../../../src/domain/errors.ts';
import { diskFiles } from '../../../src/gateways/files/diskFiles.ts';
import { inFolder } from '../support/folders.ts';

const PDF = '%PDF-1.7\n1 0 obj\n<< >>\nendobj\nxref\n0 1\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n';
const DXF = '  0\r\nSECTION\r\n  2\r\nENTITIES\r\n  0\r\nENDSEC\r\n  0\r\nEOF\r\n';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

const stream = (content: string | Buffer, pieces = 1): Readable => {
  const bytes = Buffer.from(content);
  const size = Math.ceil(bytes.length / pieces);
  return Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    ),
  );
};

async function refusal(work: Promise<unknown>): Promise<DomainError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const filesUnder = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((e) => e.isFile())
    .map((e) => e.name);

describe('diskFiles', () => {
  it('stores a file under its digest and gives it back', () =>
    inFolder(async (folder) => {
      // given
      const files = diskFiles(folder);
      const sha256 = createHash('sha256').update(PDF).digest('hex');
      // when
      const stored = await files.put(stream(PDF, 7));
      // then
      expect(stored).to.deep.equal({ sha256, size: PDF.length, mediaType: 'application/pdf' });
      expect((await files.read(sha256)).toString()).to.equal(PDF);
      expect(await files.stat(sha256)).to.deep.equal({ size: PDF.length });
      expect(await filesUnder(join(folder, sha256.slice(0, 2), sha256.slice(2, 4)))).to.deep.equal([sha256]);
      const part = await (await files.open(sha256, { start: 0, end: 3 })).toArray();
      expect(Buffer.concat(part).toString()).to.equal('%PDF');
    }));

  it('stores the same bytes once, also when they arrive at the same time', () =>
    inFolder(async (folder) => {
      // given
      const files = diskFiles(folder);
      // when
      const stored = await Promise.all(Array.from({ length: 8 }, () => files.put(stream(PNG, 3))));
      // then
      expect(new Set(stored.map((each) => each.sha256)).size).to.equal(1);
      expect(await filesUnder(folder)).to.have.length(1);
      expect(stored[0]?.mediaType).to.equal('image/png');
    }));

  const accepted: [string, string | Buffer, string][] = [
    ['an ASCII DXF', DXF, 'image/vnd.dxf'],
    ['an ASCII DXF with comments first', `999\nfrom a CAD tool\n${DXF}`, 'image/vnd.dxf'],
    ['a binary DXF', Buffer.from('AutoCAD Binary DXF\r\n\x1a\0\0SECTION\0', 'latin1'), 'image/vnd.dxf'],
    ['a JPEG', Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'), 'image/jpeg'],
    ['a TIFF', Buffer.concat([Buffer.from('49492a0008000000', 'hex'), Buffer.alloc(64)]), 'image/tiff'],
  ];
  for (const [name, content, mediaType] of accepted) {
    it(`accepts ${name}`, () =>
      inFolder(async (folder) => {
        // when
        const stored = await diskFiles(folder).put(stream(content));
        // then
        expect(stored.mediaType).to.equal(mediaType);
      }));
  }

  const endOfZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
  const refused: [string, string | Buffer, string, object][] = [
    ['an empty file', '', 'EMPTY_FILE', {}],
    ['a Windows program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]), 'UNSUPPORTED_FILE_TYPE', {}],
    [
      'an ELF program',
      Buffer.concat([Buffer.from('7f454c460201', 'hex'), Buffer.alloc(300)]),
      'UNSUPPORTED_FILE_TYPE',
      {},
    ],
    [
      'a drawing that can hold scripts',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'UNSUPPORTED_FILE_TYPE',
      { found: 'image/svg+xml' },
    ],
    ['a page', '<!doctype html><html></html>', 'UNSUPPORTED_FILE_TYPE', { found: 'text/html' }],
    [
      'an archive',
      Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(60), endOfZip]),
      'UNSUPPORTED_FILE_TYPE',
      {},
    ],
    ['a text', 'just some words', 'UNSUPPORTED_FILE_TYPE', { found: 'unknown' }],
    [
      'a PDF that is a page too',
      `%PDF-1.7\n<script>x</script>\n${PDF.slice(9)}`,
      'UNSUPPORTED_FILE_TYPE',
      { found: 'text/html' },
    ],
    [
      'a PDF that is an archive too',
      Buffer.concat([Buffer.from(PDF), endOfZip]),
      'UNSUPPORTED_FILE_TYPE',
      { found: 'application/zip' },
    ],
    [
      'an image that is an archive too',
      Buffer.concat([PNG, endOfZip]),
      'UNSUPPORTED_FILE_TYPE',
      { found: 'application/zip' },
    ],
    ['a PDF without its end', PDF.slice(0, -10), 'UNREADABLE_FILE', { reason: 'truncated' }],
    [
      'an encrypted PDF',
      PDF.replace('trailer\n<< >>', 'trailer\n<< /Encrypt 5 0 R >>'),
      'UNREADABLE_FILE',
      { reason: 'encrypted' },
    ],
    ['a DXF without its end', DXF.slice(0, -8), 'UNREADABLE_FILE', { reason: 'truncated' }],
  ];
  for (const [name, content, code, details] of refused) {
    it(`refuses ${name}: ${code}`, () =>
      inFolder(async (folder) => {
        // when
        const error = await refusal(diskFiles(folder).put(stream(content, 1)));
        // then
        expect(error.code).to.equal(code);
        expect(error.details).to.include(details);
        expect(await filesUnder(folder)).to.deep.equal([]);
      }));
  }

  it('sees that a PDF is encrypted though the key falls between two pieces', () =>
    inFolder(async (folder) => {
      // given
      const content = PDF.replace('trailer\n<< >>', 'trailer\n<< /Encrypt 5 0 R >>');
      // when
      const error = await refusal(diskFiles(folder).put(stream(content, content.length)));
      // then
      expect(error.details).to.deep.equal({ reason: 'encrypted' });
    }));

  it('says which types are accepted', () =>
    inFolder(async (folder) => {
      // when
      const error = await refusal(diskFiles(folder).put(stream('words')));
      // then
      expect(error.details.accepted).to.include.members(['application/pdf', 'image/vnd.dxf']);
    }));

  it('refuses a file over the limit and lets the sender finish', () =>
    inFolder(async (folder) => {
      // given
      const body = stream(PDF + ' '.repeat(100_000), 50);
      // when
      const error = await refusal(diskFiles(folder).put(body, { limit: 10_000 }));
      // then
      expect(error.code).to.equal('FILE_TOO_LARGE');
      expect(error.details).to.deep.equal({ limit: 10_000 });
      await finished(body);
      expect(await filesUnder(folder)).to.deep.equal([]);
    }));

  it('leaves nothing behind when the sender goes away', () =>
    inFolder(async (folder) => {
      // given
      const body = new Readable({ read() {} });
      body.push(PDF.slice(0, 20));
      // when
      const upload = diskFiles(folder).put(body);
      setImmediate(() => body.destroy(new Error('connection lost')));
      const outcome = await upload.then(
        () => 'stored',
        (error: Error) => error.message,
      );
      // then
      expect(outcome).to.equal('connection lost');
      expect(await filesUnder(folder)).to.deep.equal([]);
    }));

  it('knows no file by a name that is not a digest', () =>
    inFolder(async (folder) => {
      // given
      const files = diskFiles(folder);
      // when
      const errors = [
        await refusal(files.read('../../etc/passwd')),
        await refusal(files.open('0'.repeat(64))),
        await refusal(files.read('0'.repeat(64))),
      ];
      // then
      expect(errors.map((error) => error.code)).to.deep.equal(Array(3).fill('FILE_NOT_FOUND'));
      expect(await files.stat('0'.repeat(64))).to.equal(null);
    }));

  it('sweeps uploads that were left unfinished, and only those', () =>
    inFolder(async (folder) => {
      // given
      const files = diskFiles(folder);
      const { sha256 } = await files.put(stream(PDF));
      for (const name of ['old', 'new']) await writeFile(join(folder, 'tmp', name), 'half');
      const yesterday = new Date(Date.now() - 86_400_000);
      await utimes(join(folder, 'tmp', 'old'), yesterday, yesterday);
      // when
      const removed = await files.sweep(3_600_000);
      // then
      expect(removed).to.equal(1);
      expect((await filesUnder(folder)).sort()).to.deep.equal(['new', sha256].sort());
    }));
});
