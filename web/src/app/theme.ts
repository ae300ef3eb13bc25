import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** The one deep green that marks what can be pressed; index 8 is #0b5d52. */
const green: MantineColorsTuple = [
  '#e6f4f1',
  '#cfe8e3',
  '#a3d3ca',
  '#75bdb0',
  '#4fa999',
  '#358f80',
  '#237c6e',
  '#156c5f',
  '#0b5d52',
  '#064a41',
];
/** Neutral warm greys. */
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f3f1ed',
  '#e9e5de',
  '#dcd7cf',
  '#c5beb3',
  '#a29a8d',
  '#7d766b',
  '#5f5a53',
  '#3f3b36',
  '#23211e',
];
const dark: MantineColorsTuple = [
  '#f1eee9',
  '#d9d4cc',
  '#b8b1a6',
  '#8f887d',
  '#5b564f',
  '#46423c',
  '#35322d',
  '#262421',
  '#1b1a18',
  '#131211',
];

/** Quiet grounds take the colours of the states, which are readable in light and dark, links on them too. */
const GROUNDS: Record<string, string> = {
  yellow: 'near',
  red: 'late',
  blue: 'paused',
  green: 'good',
  gray: 'plain',
};
const resolveColours: VariantColorsResolver = (input) => {
  const state = input.variant === 'light' ? GROUNDS[input.color ?? input.theme.primaryColor] : undefined;
  if (state === undefined) return defaultVariantColorsResolver(input);
  return {
    background: `var(--${state}-ground)`,
    hover: `var(--${state}-ground)`,
    color: `var(--${state}-ink)`,
    border: '1px solid transparent',
  };
};

/** What every page looks like; sizes and spaces are in `tokens.css`. */
export const theme = createTheme({
  primaryColor: 'green',
  primaryShade: 8,
  autoContrast: true,
  variantColorResolver: resolveColours,
  // A field of words can be dragged taller; measuring it beside the page would widen the page.
  components: { Textarea: { defaultProps: { resize: 'vertical' } } },
  colors: { green, gray, dark },
  white: '#ffffff',
  black: '#23211e',
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace',
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  breakpoints: { xs: '30em', sm: '48em', md: '64em', lg: '80em', xl: '90em' },
});
