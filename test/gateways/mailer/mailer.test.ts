import { createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { pino } from 'pino';
import { LANGUAGES } from '../../../src/domain/json.ts';
import type { Notification } from '../../../src/domain/notification.ts';
import { MailNotSent, openMailer } from '../../../src/gateways/mailer/mailer.ts';
import { createTranslate } from '../../../src/locales/translate.ts';

const notification: Notification = {
  id: 'n1',
  account: 'a1',
  dossier: 'd1',
  dossierNumber: '01.151.01.01-PC-2026-00412',
  template: 'notification.agencyPrompted',
  data: { message: '<b>vite</b>\r\nBcc: x@example.org' },
  createdAt: 0,
  readAt: null,
  mail: null,
};
const settings = {
  from: 'Shubbak <no-reply@example.org>',
  publicUrl: 'https://guichet.example.org',
  translate: createTranslate(),
  log: pino({ level: 'silent' }),
};

describe('mailer', () => {
  it('says a notification in the reader’s language, as text and as HTML', () => {
    const mailer = openMailer({ ...settings, smtpUrl: null });
    for (const language of LANGUAGES) {
      const { subject, text, html } = mailer.render(notification, language);
      expect(subject)
        .to.include('01.151.01.01-PC-2026-00412')
        .and.not.to.match(/[\r\n]/);
      expect(text).to.include('https://guichet.example.org');
      expect(html).to.include(`lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"`);
      expect(html).not.to.include('<b>vite');
      expect(`${subject}${text}${html}`).not.to.match(/undefined|\{|\[object/);
    }
  });

  it('sends nothing when no server is set', async () => {
    const mailer = openMailer({ ...settings, smtpUrl: null });
    expect(mailer.enabled).to.equal(false);
    const refusal = await mailer
      .send({ to: 'a@example.org', subject: 's', text: 't', html: 'h' })
      .catch((error) => error);
    expect(refusal).to.be.instanceOf(MailNotSent);
  });

  describe('over SMTP', () => {
    let server: Server;
    let port = 0;
    let received = '';
    let refuse = false;

    before((done) => {
      server = createServer((socket) => converse(socket));
      server.listen(0, '127.0.0.1', () => {
        port = (server.address() as { port: number }).port;
        done();
      });
    });
    after((done) => {
      server.close(done);
    });

    /** As much of RFC 5321 as a carrier needs to hand a mail over. */
    function converse(socket: Socket): void {
      let inData = false;
      socket.write('220 test\r\n');
      socket.on('data', (chunk) => {
        const text = String(chunk);
        if (inData) {
          received += text;
          if (!text.endsWith('\r\n.\r\n')) return;
          inData = false;
          socket.write('250 taken\r\n');
        } else if (text.startsWith('DATA')) {
          inData = true;
          socket.write('354 go on\r\n');
        } else if (text.startsWith('RCPT') && refuse) {
          socket.write('550 5.1.1 <amina@example.org> unknown\r\n');
        } else if (text.startsWith('QUIT')) {
          socket.end('221 bye\r\n');
        } else {
          socket.write('250 ok\r\n');
        }
      });
    }

    it('hands a mail over, marked as automatic', async () => {
      // given
      const mailer = openMailer({ ...settings, smtpUrl: `smtp://127.0.0.1:${port}` });

      // when
      await mailer.send({ to: 'amina@example.org', ...mailer.render(notification, 'ar') });

      // then
      expect(mailer.enabled).to.equal(true);
      expect(received).to.include('To: amina@example.org').and.to.include('Auto-Submitted: auto-generated');
      expect(received).to.match(/Subject: =\?UTF-8\?/);
      expect(received).not.to.match(/^Bcc:/m);
    });

    it('tells that a mail was not taken, without quoting its address in the log', async () => {
      // given
      refuse = true;
      const logs: string[] = [];
      const log = pino({ level: 'info' }, { write: (line: string) => logs.push(line) });
      const mailer = openMailer({ ...settings, log, smtpUrl: `smtp://127.0.0.1:${port}` });

      // when
      const refusal = await mailer
        .send({ to: 'amina@example.org', ...mailer.render(notification, 'fr') })
        .catch((error) => error);

      // then
      expect(refusal).to.be.instanceOf(MailNotSent);
      expect((refusal as Error).message).not.to.include('@');
      expect(logs.join('')).to.include('EENVELOPE').and.not.to.include('amina');
    });
  });
});
