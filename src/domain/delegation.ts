/** One who may act for another on the other's dossiers, all or those of one procedure, for a time. */
export interface Delegation {
  id: string;
  /** Account of the person or company who named the delegate. */
  principal: string;
  /** Account of the one who acts. */
  delegate: string;
  /** Identifier of the one procedure it is for; null: every procedure. */
  procedure: string | null;
  /** First instant, epoch ms. */
  from: number;
  /** Instant from which it is over; null: until it is taken back. */
  until: number | null;
  createdAt: number;
  /** When it was taken back; null while it is not. */
  endedAt: number | null;
}

/** Tells whether a delegation holds at an instant. */
export function isInForce({ from, until, endedAt }: Delegation, at: number): boolean {
  return endedAt === null && from <= at && (until === null || at < until);
}
