import type { Language } from '../../domain/json.ts';
import { html } from './html.ts';
import { layout, type Say } from './layout.ts';

/** Tells a person at a browser what was refused, the way back, and the number to quote when the fault is ours. */
export function problemPage(
  language: Language,
  say: Say,
  problem: { status: number; title: string; detail: string },
  requestId: string,
): string {
  const content = html`<h1>${problem.title}</h1>
<p>${problem.detail}</p>
${problem.status >= 500 && html`<p class="code">${say('problem.request')} <bdi>${requestId}</bdi></p>`}
<p><a class="action" href="/?lang=${language}">${say('problem.home')}</a></p>`;
  return layout({ language, title: problem.title, path: '', say }, content);
}
