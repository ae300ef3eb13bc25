/** A number as both languages of the letters write it in Morocco: "12 625,50". */
export const decimal = (value: number, digits = 0): string =>
  new Intl.NumberFormat('fr-FR', {
    minimumFractionDigits: digits,
    maximumFractionDigits: Math.max(digits, 3),
  })
    .format(value)
    .replace(/\s/g, '\u00a0');
