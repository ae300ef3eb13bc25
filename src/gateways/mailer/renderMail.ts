import type { Language } from '../../domain/json.ts';
import type { Notification } from '../../domain/notification.ts';
import type { Translate } from '../../locales/translate.ts';

/** The words of a mail, as plain text and as HTML. */
export interface LetterText {
  subject: string;
  text: string;
  html: string;
}

/** Says a notification as a mail. It names the dossier but nothing of its content: mail is read on the way. */
export function renderMail(
  notification: Notification,
  language: Language,
  { translate, publicUrl }: { translate: Translate; publicUrl: string },
): LetterText {
  const { template, data, dossierNumber } = notification;
  const params = { ...data, number: dossierNumber };
  const title = translate(language, `${template}.title`, params);
  const body = translate(language, `${template}.body`, params);
  const greeting = translate(language, 'mail.greeting');
  const follow = translate(language, 'mail.follow');
  const footer = translate(language, 'mail.footer');
  // A line break in a subject would begin a header of its own.
  const subject = (dossierNumber === null ? title : `${title} · ${dossierNumber}`).replace(/\s+/g, ' ');
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  return {
    subject,
    text: `${greeting}\n\n${body}\n\n${follow} ${publicUrl}\n\n-- \n${footer}\n`,
    html: `<!doctype html>
<html lang="${language}" dir="${direction}">
<body style="font-family: sans-serif; font-size: 16px; line-height: 1.7; color: #23211e">
<h1 style="font-size: 20px">${escapeHtml(title)}</h1>
<p>${escapeHtml(greeting)}</p>
<p>${escapeHtml(body).replaceAll('\n', '<br>')}</p>
<p>${escapeHtml(follow)} <a href="${escapeHtml(publicUrl)}" dir="ltr">${escapeHtml(publicUrl)}</a></p>
<p style="color: #5f5a53; font-size: 14px">${escapeHtml(footer)}</p>
</body>
</html>
`,
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
