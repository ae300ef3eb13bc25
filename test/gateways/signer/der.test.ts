import { expect } from 'chai';
import fc from 'fast-check';
import {
  childrenOf,
  der,
  integer,
  oid,
  rawEcdsa,
  readDer,
  sequence,
  TAG,
} from '../../../src/gateways/signer/der.ts';

describe('DER', () => {
  it('reads what it writes, whatever the length', () => {
    for (const size of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      // given
      const bytes = der(TAG.octetString, Buffer.alloc(size, 7));
      // when
      const node = readDer(bytes);
      // then
      expect(node.value.length).to.equal(size);
      expect(node.raw.equals(bytes)).to.equal(true);
    }
  });

  it('encodes identifiers and integers as X.690 does', () => {
    expect(oid('1.2.840.10045.4.3.2').toString('hex')).to.equal('06082a8648ce3d040302');
    expect(integer(Buffer.from('0080', 'hex')).toString('hex')).to.equal('02020080');
    expect(integer(0).toString('hex')).to.equal('020100');
  });

  it('refuses what is not DER, and never hangs or reads outside', () => {
    for (const hex of ['', '30', '3080', '308100', '30820005', '3005020101', '3085000000000101']) {
      expect(() => childrenOf(readDer(Buffer.from(hex, 'hex'))), hex).to.throw(RangeError);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          childrenOf(readDer(sequence(bytes)));
        } catch (error) {
          expect(error).to.be.instanceOf(RangeError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('turns an ECDSA signature into 64 bytes', () => {
    // given
    const signature = sequence(integer(Buffer.from('ff', 'hex')), integer(Buffer.from('01', 'hex')));
    // then
    expect(rawEcdsa(signature).toString('hex')).to.equal(`${'00'.repeat(31)}ff${'00'.repeat(31)}01`);
    expect(() => rawEcdsa(sequence(integer(1)))).to.throw(RangeError);
  });
});
