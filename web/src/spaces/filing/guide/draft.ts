import { answerWithTag, api, type Schema } from '../../../api/client.ts';
import { Offline, Refusal } from '../../../api/problem.ts';
import { session } from '../../../api/session.ts';
import type { Saved } from '../../../components/SavedState.tsx';
import type { JsonObject } from '../../../forms/layout.ts';
import { dropCopy, findCopy, keepCopy } from './localCopy.ts';
import { type Clash, merge, same } from './merge.ts';

/** How long after the last key a draft is sent. */
const PAUSE_MS = 700;
/** How long until it is tried again when nobody answered. */
const RETRY_MS = 4_000;

export interface DraftState {
  application: JsonObject;
  saved: Saved;
  /** Places that another window has filled in differently: a person has to choose. */
  clashes: Clash[];
  /** Something was taken over: from another window, or from an earlier visit. */
  notice: 'merged' | 'restored' | null;
  /** A refusal that is no conflict, outage or ended sign-in. */
  refused: unknown;
  version: number;
}

type Dossier = Schema<'Dossier'>;

/**
 * One draft being typed. Every change is kept in this browser at once and on the server a moment later; nothing is
 * forgotten here before the server has it.
 */
export class Draft {
  #state: DraftState;
  readonly #account: string;
  readonly #id: string;
  /** What the server has, as far as is known. */
  #base: JsonObject;
  #tag: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | null = null;
  readonly #listeners = new Set<() => void>();
  #stop: (() => void)[] = [];

  constructor(account: string, dossier: Dossier, tag: string) {
    this.#account = account;
    this.#id = dossier.id;
    this.#base = dossier.application as JsonObject;
    this.#tag = tag;
    this.#state = {
      application: this.#base,
      saved: { is: 'idle' },
      clashes: [],
      notice: null,
      refused: null,
      version: dossier.version,
    };
    const copy = findCopy(account, dossier.id);
    if (copy !== null && !same(copy.application, this.#base)) {
      const { merged, clashes } = merge(copy.base, copy.application, this.#base);
      this.#state = { ...this.#state, application: merged, clashes, notice: 'restored' };
    }
  }

  /** Begins to send; called once the page shows the draft. Answers how to end. */
  start = (): (() => void) => {
    const again = () => void this.#send();
    addEventListener('online', again);
    let was = session.get();
    const unsubscribe = session.subscribe(() => {
      const is = session.get();
      if (was !== 'signedIn' && is === 'signedIn') again();
      was = is;
    });
    this.#stop = [() => removeEventListener('online', again), unsubscribe];
    if (this.isDirty) again();
    return () => {
      for (const stop of this.#stop) stop();
      clearTimeout(this.#timer);
      if (this.isDirty) void this.#send();
    };
  };

  get = (): DraftState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get isDirty(): boolean {
    return !same(this.#state.application, this.#base);
  }

  /** What was typed now. */
  change = (application: JsonObject): void => {
    if (same(application, this.#state.application)) return;
    this.#set({ application });
    this.#keep();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), PAUSE_MS);
  };

  /** What the person chose where two windows differed. */
  resolve = (application: JsonObject): void => {
    this.#set({ application, clashes: [] });
    this.#keep();
    void this.#send();
  };

  /** The dossier has changed on the server: in another window, by a signature, by another architect. */
  moved = (dossier: Dossier, tag: string): void => {
    // The answer to what is on its way tells whether the news is only what was typed here.
    if (this.#sending !== null) void this.#sending.then(() => this.moved(dossier, tag));
    // While somebody has to choose nothing else is taken in: what they choose then meets what is new.
    else if (dossier.version > this.#state.version && this.#state.clashes.length === 0)
      this.#takeIn(dossier, tag);
  };

  hideNotice = (): void => this.#set({ notice: null });

  /** Sends at once what is not sent yet; true when the server has everything. */
  flush = async (): Promise<boolean> => {
    clearTimeout(this.#timer);
    await this.#send();
    return !this.isDirty;
  };

  #keep(): void {
    keepCopy(this.#account, this.#id, {
      application: this.#state.application,
      base: this.#base,
      at: Date.now(),
    });
  }

  async #send(): Promise<void> {
    // One request at a time: the next one carries what came meanwhile.
    while (this.#sending !== null) await this.#sending;
    if (!this.isDirty || this.#state.clashes.length > 0) return;
    this.#sending = this.#sendOnce().finally(() => {
      this.#sending = null;
    });
    await this.#sending;
    // Typed while it was on its way.
    if (this.isDirty && this.#state.saved.is === 'saved') await this.#send();
  }

  async #sendOnce(): Promise<void> {
    const { application } = this.#state;
    this.#set({ saved: { is: 'saving' } });
    try {
      const { data, tag } = await answerWithTag(
        api.PUT('/dossiers/{id}/application', {
          params: { path: { id: this.#id }, header: { 'If-Match': this.#tag } },
          body: { application },
        }),
      );
      this.#base = data.application as JsonObject;
      this.#tag = tag;
      if (this.isDirty) this.#keep();
      else dropCopy(this.#account, this.#id);
      this.#set({ saved: { is: 'saved', at: Date.now() }, refused: null, version: data.version });
    } catch (error) {
      if (error instanceof Refusal && error.status === 412) return this.#meet();
      this.#fail(error);
    }
  }

  /** Another window was quicker: what it changed is taken in, unless both changed the same. */
  async #meet(): Promise<void> {
    try {
      const { data, tag } = await answerWithTag(
        api.GET('/dossiers/{id}', { params: { path: { id: this.#id } } }),
      );
      this.#takeIn(data.dossier, tag);
      // What both have together goes out at once.
      if (this.#state.clashes.length === 0) this.#set({ saved: { is: 'saved', at: Date.now() } });
    } catch (error) {
      this.#fail(error);
    }
  }

  #takeIn(dossier: Dossier, tag: string): void {
    const theirs = dossier.application as JsonObject;
    const { merged, clashes } = merge(this.#base, this.#state.application, theirs);
    const changed = !same(theirs, this.#base);
    this.#base = theirs;
    this.#tag = tag;
    this.#set({
      application: merged,
      clashes,
      version: dossier.version,
      ...(clashes.length > 0 ? { saved: { is: 'conflict' as const } } : {}),
      ...(changed && clashes.length === 0 ? { notice: 'merged' as const } : {}),
    });
    if (this.isDirty) this.#keep();
    else dropCopy(this.#account, this.#id);
  }

  #fail(error: unknown): void {
    if (error instanceof Refusal && error.status === 401) {
      this.#set({ saved: { is: 'here', reason: 'expired' } });
    } else if (error instanceof Offline || (error instanceof Refusal && error.status >= 500)) {
      this.#set({ saved: { is: 'here', reason: 'offline' } });
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#send(), RETRY_MS);
    } else {
      this.#set({ saved: { is: 'here', reason: 'offline' }, refused: error });
    }
  }

  #set(part: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }
}
