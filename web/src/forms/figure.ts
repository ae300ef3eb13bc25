/** Arabic-Indic and Persian digits are typed on some keyboards. */
const latin = (text: string): string =>
  text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace('٫', '.');

/** The figure that was typed; undefined for nothing, the text itself when it is no figure. */
export function figureOf(text: string): number | string | undefined {
  const plain = latin(text)
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(',', '.');
  if (plain === '') return undefined;
  return /^-?\d+(\.\d*)?$/.test(plain) ? Number(plain) : text;
}
