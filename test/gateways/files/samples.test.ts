import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeSamples } from '../../../scripts/samples.ts';
import { diskFiles } from '../../../src/gateways/files/diskFiles.ts';
import { SAMPLE_NAMES } from '../../../src/gateways/samples/samplePapers.ts';
import { inFolder } from '../support/folders.ts';

describe('sample papers', () => {
  it('are accepted by the file store as what they are', () =>
    inFolder(async (folder) => {
      // given
      const files = diskFiles(join(folder, 'store'));
      // when
      const samples = await makeSamples(join(folder, 'samples'));
      // then
      expect(Object.keys(samples)).to.have.members([...SAMPLE_NAMES]);
      for (const { path, mediaType, sha256 } of Object.values(samples)) {
        expect(await files.put(createReadStream(path))).to.deep.include({ mediaType, sha256 });
      }
    }));

  it('are the same for the same variant, and all different for another', () =>
    inFolder(async (folder) => {
      // when
      const digests = await Promise.all(
        [1, 1, 2].map(async (variant, index) => {
          const samples = await makeSamples(join(folder, String(index)), { variant });
          return SAMPLE_NAMES.map((name) => samples[name].sha256);
        }),
      );
      // then
      const [first, again, other] = digests as [string[], string[], string[]];
      expect(again).to.deep.equal(first);
      expect(other.filter((digest) => first.includes(digest))).to.deep.equal([]);
    }));
});
