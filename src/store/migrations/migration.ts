import type { DomainEvent } from '../../domain/events.ts';
import type { Store, Tx } from '../store.ts';

/** What a migration may use of the store besides its repositories. */
export interface Records extends Pick<Store, 'transaction' | 'events' | 'registers'> {
  /** Writes on every dossier what lists and search look it up by, as it would be written today. */
  relookupDossiers(): Promise<void>;
  /** Writes on every account what lists and search look it up by. */
  relookupAccounts(): Promise<void>;
  /** Writes events that were kept one by one as they are kept today. */
  regroupEvents(): Promise<void>;
  /** Writes on every task who applies for its dossier. */
  nameApplicants(): Promise<void>;
  /** Writes the register lines of events, in their order. */
  follow(tx: Tx, events: DomainEvent[]): Promise<void>;
}

/**
 * One change of the product's own records between two versions. It may be cut off anywhere and is then run again from its
 * start: what is done already it leaves alone.
 */
export interface Migration {
  /** What it does, for the log. */
  name: string;
  run(records: Records): Promise<void>;
}
