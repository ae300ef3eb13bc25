import type { PlanViewerProps } from './PlanViewer.tsx';

/** The viewer itself. */
export function Viewer({ document, label }: PlanViewerProps) {
  return <section aria-label={label ?? document.fileName} />;
}
