import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './fonts.css';
import './tokens.css';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { meQuery, queryClient, siteQuery } from '../api/queries.ts';
import { session } from '../api/session.ts';
import { keepFocus } from './keepFocus.ts';
import { startLanguage } from './language.ts';
import { routes } from './routes.tsx';
import { theme } from './theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// Dialogs stop the page from scrolling with a style element; the library that makes it looks for the nonce there.
Object.assign(globalThis, { __webpack_nonce__: nonce });

// All three are asked for at once: the first page waits for its texts and code, never for these.
void session.resume().then(() => queryClient.prefetchQuery(meQuery));
void queryClient.prefetchQuery(siteQuery);

// Somebody else signs in, or nobody: nothing of the last person stays.
let last = session.get();
session.subscribe(() => {
  const now = session.get();
  if (now === last) return;
  const renewed = now === 'signedIn' && last === 'expired';
  last = now;
  if (now === 'anonymous') queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'site' });
  if (now !== 'expired') void queryClient.invalidateQueries(renewed ? {} : { queryKey: ['me'] });
});

// The first page's code and texts are fetched beside the common texts, not after them.
const texts = startLanguage();
const router = createBrowserRouter(routes);
await texts;
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
keepFocus();
createRoot(root).render(
  <StrictMode>
    <DirectionProvider>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  </StrictMode>,
);
