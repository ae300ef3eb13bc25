import { lazy, Suspense } from 'react';
import type { Schema } from '../api/client.ts';
import { Loading } from '../components/Loading.tsx';
import type { Annotation, PlacedZone } from './zone.ts';

export interface PlanViewerProps {
  document: Schema<'Document'>;
  annotations?: Annotation[] | undefined;
  /** Identifier of the mark that is spoken of; the viewer goes there. */
  selected?: string | null | undefined;
  onSelect?: ((id: string) => void) | undefined;
  /** Given: pins and areas may be put. */
  onAnnotate?: ((placed: PlacedZone) => void) | undefined;
  /** Zoom, measure, rotate and the rest; shown unless `false`. */
  tools?: boolean | undefined;
  /** An earlier version, to see what changed; null or left out: none. */
  compareWith?: Schema<'Document'> | null | undefined;
  /** Name of the region for those who hear it; the file name when left out. */
  label?: string | undefined;
}

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
