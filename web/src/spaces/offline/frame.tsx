import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { FrameTools } from '../../app/tools.ts';
import classes from './frame.module.css';

const subscribe = (listener: () => void) => {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
};

/** Says that the network is away, as long as it is. */
function Offline() {
  const { t } = useTranslation();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (online) return null;
  return (
    <p className={classes.banner} role="status" data-no-print>
      <strong>{t('offline.title')}</strong> {t('offline.help')}
    </p>
  );
}

/** Keeps the pages for when the network is away, and offers a new version without taking the page from under anybody. */
function Update() {
  const { t, i18n } = useTranslation();
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  const { language } = i18n;
  useEffect(() => {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
    let done = false;
    const begin = async () => {
      const registration = await navigator.serviceWorker.register('/sw.js');
      const look = () => {
        // With no worker in charge yet, the one that waits is the first: there is nothing to renew.
        if (!done && registration.waiting !== null && navigator.serviceWorker.controller !== null)
          setWaiting(registration.waiting);
      };
      look();
      registration.addEventListener('updatefound', () =>
        registration.installing?.addEventListener('statechange', look),
      );
    };
    void begin().catch(() => undefined);
    return () => {
      done = true;
    };
  }, []);
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ language }));
  }, [language]);
  if (waiting === null) return null;
  return (
    <p className={classes.banner} role="status" data-no-print>
      {t('offline.update')}{' '}
      <button
        type="button"
        onClick={() => {
          navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
          waiting.postMessage('take over');
        }}
      >
        {t('offline.reload')}
      </button>
    </p>
  );
}

/** What every page says about being without network, or behind its time. */
export const frame: FrameTools = { banners: [Offline, Update] };
