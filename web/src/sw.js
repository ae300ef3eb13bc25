/*
 * Keeps the pages' own files for the next visit, and says kindly that there is no network when a page is asked for. What
 * the API answers is never kept: it is about people, and it changes. `__BUILD__` is replaced when the pages are built, so
 * that a new version is noticed.
 */
const BUILD = '__BUILD__';
const FILES = `shubbak-files-${BUILD}`;
const SETTINGS = 'shubbak-settings';
const SHELL = ['/assets/page.css', '/assets/star.svg'];

const WORDS = {
  ar: {
    dir: 'rtl',
    title: 'لا يوجد اتصال',
    help: 'لا يمكن الوصول إلى الشباك. ما كتبتموه محفوظ على هذا الجهاز. تحققوا من الشبكة ثم أعيدوا المحاولة.',
    retry: 'إعادة المحاولة',
  },
  fr: {
    dir: 'ltr',
    title: 'Pas de connexion',
    help: 'Le guichet ne peut pas être joint. Ce que vous avez saisi est gardé sur cet appareil. Vérifiez le réseau, puis réessayez.',
    retry: 'Réessayer',
  },
  en: {
    dir: 'ltr',
    title: 'No connection',
    help: 'The office cannot be reached. What you typed is kept on this device. Check the network, then try again.',
    retry: 'Try again',
  },
};

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(SHELL)));
});

self.addEventListener('activate', (event) => {
  const old = async () => {
    const names = await caches.keys();
    const others = names.filter((name) => name.startsWith('shubbak-files-') && name !== FILES);
    await Promise.all(others.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(old());
});

self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting();
  const language = event.data?.language;
  if (language in WORDS) {
    event.waitUntil(caches.open(SETTINGS).then((cache) => cache.put('/language', new Response(language))));
  }
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(offline));
  // Named by their content: what is kept can never be stale.
  else if (pathname.startsWith('/app/')) event.respondWith(kept(request));
  else if (SHELL.includes(pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});

async function kept(request) {
  const cache = await caches.open(FILES);
  const found = await cache.match(request);
  if (found !== undefined) return found;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone());
  return fresh;
}

async function offline() {
  const chosen = await (await caches.match('/language'))?.text();
  const language =
    chosen ?? Object.keys(WORDS).find((one) => self.navigator.language.startsWith(one)) ?? 'fr';
  const { dir, title, help, retry } = WORDS[language];
  const page = `<!doctype html>
<html lang="${language}" dir="${dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/assets/page.css"></head>
<body><header><span class="product"><img src="/assets/star.svg" alt="" width="30" height="30"></span></header>
<main><h1>${title}</h1><p>${help}</p><p><a class="action" href="">${retry}</a></p></main></body></html>`;
  return new Response(page, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'",
    },
  });
}
