import i18next from 'i18next';
import type { ComponentType } from 'react';

/**
 * A page that is fetched when it is first opened, with its texts at the same time. `namespaces` are the files of
 * `locales/<language>/` it speaks from, beside `common`.
 */
export function page(
  namespaces: string[],
  load: () => Promise<ComponentType>,
): () => Promise<{ Component: ComponentType }> {
  return async () => {
    const [, Component] = await Promise.all([i18next.loadNamespaces(namespaces), load()]);
    return { Component };
  };
}
