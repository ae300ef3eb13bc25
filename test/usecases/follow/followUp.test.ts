import { expect } from 'chai';
import { createFollowUp } from '../../../src/usecases/follow/followUp.ts';

const followUp = createFollowUp(Buffer.alloc(32, 7));

describe('follow-up secrets', () => {
  it('are short, typable, and another for each dossier and each key', () => {
    // given
    const other = createFollowUp(Buffer.alloc(32, 8));

    // when
    const secrets = Array.from({ length: 500 }, (_, index) => followUp.secretOf(`dossier-${index}`));

    // then
    for (const secret of secrets) expect(secret).to.match(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(new Set(secrets).size).to.equal(500);
    expect(followUp.secretOf('dossier-1')).to.equal(secrets[1]);
    expect(other.secretOf('dossier-1')).not.to.equal(secrets[1]);
  });

  it('are recognised as people write them, and nothing else is', () => {
    const secret = followUp.secretOf('dossier-1');
    const zero = createFollowUp(Buffer.alloc(32, 7));
    for (const typed of [
      secret,
      secret.toLowerCase(),
      secret.replace('-', ' '),
      ` ${secret.replace('-', '')} `,
    ]) {
      expect(zero.isSecretOf('dossier-1', typed), typed).to.equal(true);
    }
    // Letters that pass for figures are read as the figures they look like.
    expect(followUp.isSecretOf('dossier-1', secret.replaceAll('0', 'O').replaceAll('1', 'l'))).to.equal(true);
    const wrong = secret.startsWith('A') ? `B${secret.slice(1)}` : `A${secret.slice(1)}`;
    for (const typed of [wrong, secret.slice(0, -1), '', followUp.secretOf('dossier-2')]) {
      expect(followUp.isSecretOf('dossier-1', typed), typed).to.equal(false);
    }
  });
});
