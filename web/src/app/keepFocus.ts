/** A dialog that closes is gone by then. */
const GONE_MS = 300;

/**
 * A button that works is disabled meanwhile, and what is disabled loses the focus: whoever has no mouse would begin again
 * at the top of the page. It has the focus again once it can be pressed, unless the person is elsewhere by then.
 */
export function keepFocus(): void {
  let last: EventTarget | null = null;
  let lost: HTMLButtonElement | null = null;
  document.addEventListener('focusin', ({ target }) => {
    last = target;
  });
  const giveBack = (button: HTMLButtonElement): void => {
    if (document.activeElement === document.body && button.isConnected) button.focus({ preventScroll: true });
  };
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (!(target instanceof HTMLButtonElement)) continue;
      if (target.disabled && target === last) lost = target;
      else if (!target.disabled && target === lost) {
        lost = null;
        giveBack(target);
        setTimeout(giveBack, GONE_MS, target);
      }
    }
  }).observe(document.body, { subtree: true, attributeFilter: ['disabled'] });
}
