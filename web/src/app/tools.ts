import type { ComponentType } from 'react';

/** What a space adds to the frame itself: tools of the top bar (search, messages) and banners above it. */
export interface FrameTools {
  bar?: ComponentType[];
  banners?: ComponentType[];
}

const found = Object.values(
  import.meta.glob<{ frame: FrameTools }>('../spaces/*/frame.tsx', { eager: true }),
);

export const tools = {
  bar: found.flatMap(({ frame }) => frame.bar ?? []),
  banners: found.flatMap(({ frame }) => frame.banners ?? []),
};
