import { expect } from 'chai';
import { bytesText, progressLines } from '../../src/backup/progress.ts';

describe('progress of a long work', () => {
  it('is told every few seconds, and not at all when the work is short', () => {
    // given
    const lines: string[] = [];
    let now = 0;
    const progress = progressLines(
      (line) => lines.push(line),
      () => now,
    );
    // when
    progress.begin('files', 4_000_000_000);
    progress.add(1_000_000_000);
    now = 3_000;
    progress.add(1_000_000_000);
    progress.add(1_000_000_000);
    now = 6_000;
    progress.begin('checking', 0);
    progress.add(0);
    // then
    expect(lines).to.deep.equal(['files: 50 % of 4.0 GB', 'checking: 0 % of 0 bytes']);
  });

  it('writes sizes as people read them', () => {
    expect([0, 999, 1_000, 12_345_678, 2e12].map(bytesText)).to.deep.equal([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '12.3 MB',
      '2.0 TB',
    ]);
  });
});
