import { mkdirSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { quiet, SHOTS } from './browser.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDTHS = [360, 768, 1280, 1920];

/** Keeps a picture of the page under `web/e2e/screenshots/` (out of git) when `SHOTS=1`. */
export async function look(page: Page, name: string, fullPage = true): Promise<void> {
  if (process.env.SHOTS !== '1') return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}${name}.png`, fullPage });
}

/** Fails when axe finds anything against WCAG 2.2 A or AA. */
export async function checkAccess(page: Page, name: string): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (tags) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        resultTypes: ['violations'],
      }),
    TAGS,
  );
  if (violations.length === 0) return;
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n  ${nodes
        .slice(0, 4)
        .map(
          ({ html, failureSummary }) => `${html.slice(0, 200)}\n    ${failureSummary?.replaceAll('\n', ' ')}`,
        )
        .join('\n  ')}`,
  );
  throw new Error(`${name}: axe found\n${told.join('\n')}`);
}

/** Fails when the page is wider than the window at any of the four widths; leaves the window as it was. */
export async function checkWidths(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    const wide = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return null;
      const culprits = [...document.querySelectorAll('body *')].filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return right > clientWidth + 1 || left < -1;
      });
      return `${scrollWidth} > ${clientWidth}: ${culprits
        .slice(-3)
        .map((one) => one.outerHTML.slice(0, 120))
        .join(' | ')}`;
    });
    if (process.env.SHOTS === '1') await look(page, `${name}-${width}`);
    if (wide !== null) throw new Error(`${name} breaks at ${width} px: ${wide}`);
  }
  if (before !== null) await page.setViewportSize(before);
}

/** Holds a page to all that every page is held to: access in light and dark, and four widths. */
export async function inspect(page: Page, name: string): Promise<void> {
  await settled(page);
  await look(page, name);
  for (const colorScheme of ['light', 'dark'] as const) {
    await paint(page, colorScheme);
    await checkAccess(page, `${name} (${colorScheme})`);
    if (colorScheme === 'dark') await look(page, `${name}-dark`);
  }
  await paint(page, 'light');
  await checkWidths(page, name);
}

/** Waits until the page is drawn whole: its title is there, nothing is loading, fonts are. An empty page passes no check. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelector('main [role="status"][aria-label]') === null);
  await quiet(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

async function paint(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(
    // A page that runs no script follows the device by its style sheet alone.
    (wanted) =>
      document.scripts.length === 0 || document.documentElement.dataset.mantineColorScheme === wanted,
    colorScheme,
  );
}
