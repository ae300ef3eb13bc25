import type { Schema } from '../api/client.ts';
import type { Annotation, PlacedZone } from './zone.ts';

/** What a plan viewer is given. */
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
