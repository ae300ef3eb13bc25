import { LANGUAGES, type Language } from '../../domain/json.ts';
import { type Html, html } from './html.ts';

/** Says a text of the pages in the reader's language. */
export type Say = (key: string, params?: Record<string, string | number>) => string;

/** What the languages call themselves. */
const LANGUAGE_NAMES: Record<Language, string> = { ar: 'العربية', fr: 'Français', en: 'English' };

/** Frames a public page: name of the product, choice of language, content. It runs no script. */
export function layout(
  about: { language: Language; title: string; path: string; say: Say },
  content: Html,
): string {
  const { language, title, path, say } = about;
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${say('product')}</title>
<link rel="icon" href="/assets/star.svg">
<link rel="stylesheet" href="/assets/page.css">
</head>
<body>
<header>
<a class="product" href="/?lang=${language}"><img src="/assets/star.svg" alt="" width="30" height="30"><span>${say('product')}</span></a>
<nav aria-label="${say('language')}">${LANGUAGES.map((one) => languageLink(one, language, path))}</nav>
</header>
<main>${content}</main>
<footer><p>${say('tagline')}</p></footer>
</body>
</html>
`.text;
}

function languageLink(one: Language, current: Language, path: string): Html {
  const name = LANGUAGE_NAMES[one];
  return one === current
    ? html`<span lang="${one}" aria-current="true">${name}</span>`
    : html`<a lang="${one}" hreflang="${one}" href="${path}?lang=${one}">${name}</a>`;
}

/** A form that takes a verification code. */
export function codeForm(language: Language, say: Say): Html {
  return html`<form action="/verify" method="get">
<label for="code">${say('home.code')}</label>
<p class="help">${say('home.verifyHelp')}</p>
<input type="hidden" name="lang" value="${language}">
<div class="row"><input id="code" name="code" required minlength="8" maxlength="100" autocomplete="off" spellcheck="false" dir="ltr">
<button>${say('home.check')}</button></div>
</form>
<p><a href="/check?lang=${language}">${say('home.byFile')}</a></p>`;
}
