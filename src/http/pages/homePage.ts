import type { Language } from '../../domain/json.ts';
import { html } from './html.ts';
import { codeForm, layout, type Say } from './layout.ts';

/** The door: check an act, or read how to talk to the server. */
export function homePage(language: Language, say: Say): string {
  const content = html`<h1>${say('tagline')}</h1>
<section><h2>${say('home.verify')}</h2>${codeForm(language, say)}</section>
<p><a href="/api/v1/docs/">${say('home.docs')}</a></p>`;
  return layout({ language, title: say('tagline'), path: '/', say }, content);
}
