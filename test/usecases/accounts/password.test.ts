import { expect } from 'chai';
import { DomainError } from '../../../src/domain/errors.ts';
import { checkPassword } from '../../../src/domain/password.ts';
import { createPasswords } from '../../../src/usecases/accounts/passwordHash.ts';
import { cheapPasswords, PASSWORD } from './support/desk.ts';

describe('passwords', () => {
  const reasonOf = (password: string, email = 'amina.bennani@example.org') => {
    try {
      checkPassword(password, email);
      return null;
    } catch (error) {
      expect(error).to.be.instanceOf(DomainError).with.property('code', 'WEAK_PASSWORD');
      return (error as DomainError).details.reason;
    }
  };

  it('have 12 to 200 characters, whatever their bytes', () => {
    expect(reasonOf('elevenchars')).to.equal('short');
    expect(reasonOf('twelve chars')).to.equal(null);
    expect(reasonOf('😀😁😂😃😄😅')).to.equal('short');
    expect(reasonOf('كلمة سر طويلة جدا')).to.equal(null);
    expect(reasonOf(`${'abcde'.repeat(40)}f`)).to.equal('long');
  });

  it('are neither common nor the e-mail', () => {
    expect(reasonOf('Password1234')).to.equal('common');
    expect(reasonOf('password1234!')).to.equal('common');
    expect(reasonOf('aaaaaaaabbbbbbbb')).to.equal('common');
    expect(reasonOf('Amina.Bennani@example.org')).to.equal('email');
    expect(reasonOf('amina.bennani')).to.equal('email');
  });

  it('are hashed with a salt of their own and verified in any Unicode form', async () => {
    // given
    const passwords = cheapPasswords();
    const [one, other] = await Promise.all([passwords.hash('Économie générale'), passwords.hash(PASSWORD)]);
    // when, then
    expect(one).to.match(/^\$scrypt\$ln=4,r=8,p=1\$/);
    expect(await passwords.hash(PASSWORD)).to.not.equal(other);
    expect(await passwords.verify('Économie générale'.normalize('NFD'), one)).to.equal(true);
    expect(await passwords.verify('economie generale', one)).to.equal(false);
    expect(await passwords.verify(PASSWORD, null)).to.equal(false);
    expect(passwords.isOutdated(one)).to.equal(false);
    expect(createPasswords({ ln: 5, r: 8, p: 1 }).isOutdated(one)).to.equal(true);
    const broken = await passwords.verify(PASSWORD, 'md5:x').catch((error: Error) => error.message);
    expect(broken).to.contain('known form');
  });

  it('cost the same for an e-mail that nobody has, at a price that stops guessing', async () => {
    // given
    const passwords = createPasswords();
    const hash = await passwords.hash(PASSWORD);
    const time = async (known: string | null) => {
      const start = process.cpuUsage();
      await passwords.verify('some other password', known);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    // when
    const [real, decoy] = [await time(hash), await time(null)];
    // then
    expect(hash).to.match(/^\$scrypt\$ln=15,r=8,p=3\$/);
    expect(real).to.be.above(40);
    expect(decoy / real).to.be.within(0.4, 2.5);
  });
});
