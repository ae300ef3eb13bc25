import { expect } from 'chai';
import { verifyJson } from '../../../src/gateways/signer/jws.ts';
import { memorySigner, PERSON } from '../support/signing.ts';

const opinion = {
  value: 'favourable',
  dossier: '01.151.01.01-PC-2026-00412',
  remarks: [{ text: 'يجب احترام الارتفاق' }],
};

describe('signed JSON', () => {
  it('signs the canonical form and is verified with the root', async () => {
    // given
    const signer = memorySigner();
    // when
    const { payload, jws } = await signer.signJson(PERSON, opinion);
    // then
    expect(payload).to.equal(
      '{"dossier":"01.151.01.01-PC-2026-00412","remarks":[{"text":"يجب احترام الارتفاق"}],"value":"favourable"}',
    );
    expect(jws.split('.')[1]).to.equal('');
    expect(await verifyJson(payload, jws, signer.rootPem)).to.deep.equal({
      valid: true,
      signer: PERSON,
      test: true,
    });
  });

  it('names why signed JSON is not to be trusted', async () => {
    // given
    const signer = memorySigner();
    const stranger = memorySigner();
    const { payload, jws } = await signer.signJson(PERSON, opinion);
    const [header, , signature] = jws.split('.') as [string, string, string];
    const reasonOf = async (
      text: string,
      token: string,
      root = signer.rootPem,
    ): Promise<string | undefined> => (await verifyJson(text, token, root)).reason;
    const withHeader = (change: object): string => {
      const parsed = JSON.parse(Buffer.from(header, 'base64url').toString());
      return `${Buffer.from(JSON.stringify({ ...parsed, ...change })).toString('base64url')}..${signature}`;
    };
    // then
    expect(await reasonOf(payload.replace('favourable', 'unfavourable'), jws)).to.equal('SIGNATURE_MISMATCH');
    expect(await reasonOf(`${payload} `, jws)).to.equal('NOT_CANONICAL');
    expect(await reasonOf('not json', jws)).to.equal('NOT_CANONICAL');
    expect(await reasonOf(payload, jws, stranger.rootPem)).to.equal('UNTRUSTED_ROOT');
    expect(await reasonOf(payload, `${header}..${signature.slice(4)}AAAA`)).to.equal('SIGNATURE_MISMATCH');
    expect(await reasonOf(payload, withHeader({ alg: 'none' }))).to.equal('SIGNATURE_MISMATCH');
    expect(await reasonOf(payload, withHeader({ x5c: [] }))).to.equal('MALFORMED_SIGNATURE');
    for (const token of ['', 'a.b.c', '..', `${header}.${signature}`, `${jws}.x`]) {
      expect(await reasonOf(payload, token)).to.equal('MALFORMED_SIGNATURE');
    }
  });

  it('does not take a chain that a stranger signed under the same names', async () => {
    // given
    const signer = memorySigner();
    const stranger = memorySigner();
    // when
    const { payload, jws } = await stranger.signJson(PERSON, opinion);
    const verdict = await verifyJson(payload, jws, signer.rootPem);
    // then
    expect(verdict).to.deep.include({ valid: false, reason: 'UNTRUSTED_ROOT' });
  });

  it('wants a root to trust', async () => {
    // given
    const { payload, jws } = await memorySigner().signJson(PERSON, opinion);
    // when
    const outcome = await verifyJson(payload, jws, 'nothing').catch((error: Error) => error.message);
    // then
    expect(outcome).to.match(/root/);
  });
});
