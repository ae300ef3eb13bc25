import { lazy, Suspense, useSyncExternalStore } from 'react';
import { confirmation } from '../../api/confirmation.ts';
import type { FrameTools } from '../../app/tools.ts';

const Dialog = lazy(async () => ({ default: (await import('./ConfirmSignature.tsx')).ConfirmSignature }));

/** The dialog is fetched when something is first signed: most visits sign nothing. */
function ConfirmSignature() {
  const asked = useSyncExternalStore(confirmation.subscribe, confirmation.get);
  if (asked === null) return null;
  return (
    <Suspense fallback={null}>
      <Dialog />
    </Suspense>
  );
}

/** The password asked again before a signature, wherever it is made. */
export const frame: FrameTools = { banners: [ConfirmSignature] };
