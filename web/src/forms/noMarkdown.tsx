import type { ReactNode } from 'react';

/** Stands in for the Markdown parser that RJSF brings along: what forms say is shown as it is written. */
export function Markdown({ children }: { children?: ReactNode }) {
  return <>{children}</>;
}

export default Markdown;
