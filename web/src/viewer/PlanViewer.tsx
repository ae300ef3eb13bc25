import { lazy, Suspense } from 'react';
import { Loading } from '../components/Loading.tsx';
import type { PlanViewerProps } from './props.ts';

const Viewer = lazy(() => import('./Viewer.tsx').then(({ Viewer }) => ({ default: Viewer })));

/**
 * Shows a plan (PDF, image or DXF) in the height its parent gives (at least 320 px): zoom, pan, pages, rotation, measure, marks, two
 * versions compared. Its code and the readers of formats are fetched when it is first shown.
 */
export function PlanViewer(props: PlanViewerProps) {
  return (
    <Suspense fallback={<Loading rows={6} />}>
      <Viewer {...props} />
    </Suspense>
  );
}
