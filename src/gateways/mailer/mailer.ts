import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import type { Language } from '../../domain/json.ts';
import type { Notification } from '../../domain/notification.ts';
import type { Translate } from '../../locales/translate.ts';
import { type LetterText, renderMail } from './renderMail.ts';

/** One e-mail, ready to go. */
export interface Mail extends LetterText {
  to: string;
}

/** Carries e-mails out of the house, and says a notification as one. */
export interface Mailer {
  /** False when the product keeps its messages to itself: then nothing is to be sent. */
  readonly enabled: boolean;
  /** Hands a mail over to the carrier. @throws MailNotSent */
  send(mail: Mail): Promise<void>;
  /** Writes a notification in the reader's language, as text and as HTML. */
  render(notification: Notification, language: Language): LetterText;
}

/** Thrown when the carrier does not take a mail, so that it is tried again later; it never quotes an address. */
export class MailNotSent extends Error {
  constructor(options: ErrorOptions) {
    super('the mail server did not take the message', options);
    this.name = 'MailNotSent';
  }
}

/** Opens the carrier that the settings name: SMTP, or none. */
export function openMailer(settings: {
  /** `smtp://` or `smtps://`, with user and password if needed; null: no mail leaves. */
  smtpUrl: string | null;
  from: string;
  publicUrl: string;
  translate: Translate;
  log: Logger;
}): Mailer {
  const { smtpUrl, from, publicUrl, translate, log } = settings;
  const render: Mailer['render'] = (notification, language) =>
    renderMail(notification, language, { translate, publicUrl });
  if (smtpUrl === null) {
    return {
      enabled: false,
      render,
      send: () => Promise.reject(new MailNotSent({ cause: new Error('no mail server is set') })),
    };
  }
  const transport = createTransport({
    url: smtpUrl,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });
  return {
    enabled: true,
    render,
    async send({ to, subject, text, html }) {
      try {
        // An automatic message: mailboxes are asked not to answer it by themselves (RFC 3834).
        await transport.sendMail({
          from,
          to,
          subject,
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (cause) {
        const code = (cause as { code?: unknown }).code;
        log.warn({ part: 'mail', code: typeof code === 'string' ? code : 'UNKNOWN' }, 'a mail was not taken');
        throw new MailNotSent({ cause });
      }
    },
  };
}
