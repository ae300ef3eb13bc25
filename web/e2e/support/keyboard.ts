import type { Locator, Page } from 'playwright-core';

/** Goes to a control with the tabulator alone, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const one = target.first();
  await one.waitFor();
  for (let rounds = 0; rounds < 40; rounds++) {
    // How many stops are before it; a group of radios is one stop, so that a few may remain.
    const stops = await one.evaluate((element) => {
      const active = document.activeElement;
      if (element === active || (active !== null && element.contains(active))) return 0;
      const scope = document.querySelector('[role="dialog"]') ?? document;
      const all = [
        ...scope.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex="0"]'),
      ].filter(
        (it) =>
          it.tabIndex >= 0 && !it.matches(':disabled') && (it.offsetParent !== null || it.matches(':focus')),
      );
      const names = new Set<string>();
      const distinct = all.filter((it) => {
        if (!(it instanceof HTMLInputElement) || it.type !== 'radio') return true;
        const isFirst = !names.has(it.name);
        names.add(it.name);
        return isFirst;
      });
      const to = distinct.findIndex((it) => it === element || element.contains(it));
      const group = active instanceof HTMLInputElement && active.type === 'radio' ? active.name : null;
      const from = distinct.findIndex(
        (it) => it === active || (group !== null && it instanceof HTMLInputElement && it.name === group),
      );
      return Math.max(1, to - from);
    });
    if (stops === 0) return;
    for (let press = 0; press < Math.min(stops, 60); press++) await page.keyboard.press('Tab');
  }
  throw new Error(`the tabulator never comes to ${target}`);
}

/** Goes to a control with the tabulator and presses Enter on it. */
export const enter = async (page: Page, target: Locator): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
};
