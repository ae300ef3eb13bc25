import type { Language } from '../../domain/json.ts';
import type { Verification } from '../application.ts';
import { type Html, html } from './html.ts';
import { codeForm, layout, type Say } from './layout.ts';

/** Shows to anyone what an act says and whether it holds. */
export function verifyPage(
  language: Language,
  say: Say,
  translated: (key: string) => string,
  code: string,
  found: Verification,
): string {
  const { valid, test } = found;
  const local = (text: { ar: string; fr: string; en?: string }) => text[language] ?? text.fr;
  const facts: [string, string][] = [
    [say('verify.kind'), translated(`act.${found.kind}`)],
    [say('verify.number'), found.number],
    [say('verify.procedure'), local(found.procedure)],
    [say('verify.commune'), local(found.commune)],
    [say('verify.issuedAt'), say('verify.date', { at: found.issuedAt })],
    ...(found.signer === null ? [] : [[say('verify.signer'), found.signer] as [string, string]]),
  ];
  const content = html`<h1>${say('verify.title')}</h1>
<section class="verdict ${valid ? 'good' : 'bad'}" role="status">
<p class="mark" aria-hidden="true">${valid ? '✓' : '✕'}</p>
<div><h2>${say(valid ? 'verify.valid' : 'verify.invalid')}</h2>
<p>${say(valid ? 'verify.validHelp' : 'verify.invalidHelp')}</p></div>
</section>
${test && html`<p class="warning"><span aria-hidden="true">⚠</span> ${say('verify.test')}</p>`}
${found.reasons.length > 0 && reasons(say, translated, found.reasons)}
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>
<p class="code"><bdi>${code}</bdi></p>
<section><h2>${say('verify.another')}</h2>${codeForm(language, say)}</section>`;
  return layout(
    { language, title: say('verify.title'), path: `/verify/${encodeURIComponent(code)}`, say },
    content,
  );
}

/** Tells that no act has the code, or that it cannot be checked now. */
export function refusedPage(
  language: Language,
  say: Say,
  code: string,
  words: { title: string; detail: string },
): string {
  const content = html`<h1>${say('verify.title')}</h1>
<section class="verdict bad" role="status"><p class="mark" aria-hidden="true">?</p>
<div><h2>${words.title}</h2><p>${words.detail}</p></div></section>
<p class="code"><bdi>${code}</bdi></p>
${codeForm(language, say)}`;
  return layout({ language, title: words.title, path: `/verify/${encodeURIComponent(code)}`, say }, content);
}

function reasons(say: Say, translated: (key: string) => string, codes: string[]): Html {
  return html`<section><h2>${say('verify.reasons')}</h2>
<ul>${codes.map((code) => html`<li>${translated(`verification.reason.${code}`)}</li>`)}</ul></section>`;
}
