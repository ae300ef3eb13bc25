// Before the first paint: the reader's language, direction and colours, so that nothing flashes or jumps; and, for who
// was signed in, the request for a new token, so that it is there when the code is.
(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const languages = ['ar', 'fr', 'en'];
  const asked = new URLSearchParams(location.search).get('lang');
  const wanted = [asked, read('shubbak.language'), ...navigator.languages.map((one) => one.slice(0, 2))];
  const language = wanted.find((one) => languages.includes(one)) ?? 'fr';
  const scheme = read('mantine-color-scheme-value') ?? 'auto';
  const isDark =
    scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  const root = document.documentElement;
  root.lang = language;
  root.dir = language === 'ar' ? 'rtl' : 'ltr';
  const manifest = document.createElement('link');
  manifest.rel = 'manifest';
  manifest.href = language === 'ar' ? '/manifest.ar.webmanifest' : '/manifest.webmanifest';
  document.head.append(manifest);
  root.dataset.mantineColorScheme = isDark ? 'dark' : 'light';
  if (read('shubbak.signed-in') === null) return;
  // `api/session.ts` takes the answer, and asks as this does: one tab at a time, to the end even if the page is left.
  const ask = () =>
    fetch('/api/v1/sessions/refresh', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: '{}',
      credentials: 'same-origin',
      keepalive: true,
    });
  globalThis.shubbakRenewal = navigator.locks ? navigator.locks.request('shubbak.session', ask) : ask();
  globalThis.shubbakRenewal.catch(() => undefined);
})();
