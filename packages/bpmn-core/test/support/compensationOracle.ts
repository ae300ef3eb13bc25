import { expect } from 'chai';
import type { Command, Effect, State } from '../../src/index.ts';
import type { Part } from './undoables.ts';

/** A flow that runs: the process, or one scope of a sub-process. */
interface Frame {
  readonly id: number;
  readonly node: string;
  readonly parent: Frame | null;
  /** For a completed sub-process that is opened again: who has it undone. */
  readonly reopenedFor: Undoing | null;
}

/** Something that was completed and not undone yet. */
interface Done {
  readonly node: string;
  frame: Frame;
  readonly inner: readonly Done[];
  undoing: Undoing | null;
}

/** An event, or a sub-process opened again, that has one thing after the other undone. */
interface Undoing {
  readonly frame: Frame;
  readonly cancels: boolean;
}

/**
 * Predicts from what happened which activity is undone next (clauses 10.7 and 13.5.5): keeps a list of what was completed, in the
 * order of completion, with the scope that it was completed in. Knows the drawing, the commands and effects of each step, and
 * which scopes there are after it; nothing of how the interpreter keeps what was completed.
 */
export class CompensationOracle {
  /** Activities whose undoing was predicted, and begun. */
  predicted = 0;
  private readonly parts: ReadonlyMap<string, Part>;
  private readonly frames = new Map<number, Frame>();
  private done: Done[] = [];
  private readonly handlers = new Map<string, Undoing>();
  private expected: string[] = [];
  private starting: { handler: string; undoing: Undoing; frame: Frame }[] = [];
  private after: State | null = null;
  private here: Frame;

  constructor(parts: ReadonlyMap<string, Part>) {
    this.parts = parts;
    this.here = { id: 0, node: 'P', parent: null, reopenedFor: null };
    this.frames.set(0, this.here);
  }

  /** Follows one step; throws if something else is undone than the oracle says. */
  follow(before: State | null, command: Command, effects: readonly Effect[], after: State): void {
    this.after = after;
    this.here = this.actsIn(before, command);
    this.openFrames();
    for (const effect of effects) this.hear(effect, before, command);
    this.closeInstance();
    expect(this.expected, 'all that was to be undone has begun to be').to.deep.equal([]);
    expect(
      this.starting.map(({ handler }) => handler),
      'every handler has begun',
    ).to.deep.equal([]);
    for (const frame of [...this.frames.values()]) if (!this.isOpen(frame)) this.drop(frame);
    if (after.status === 'active') this.compare(after);
  }

  /** The flow in which the step begins. */
  private actsIn(before: State | null, command: Command): Frame {
    if (before === null) return this.frame(0);
    if (command.type === 'completeTask') {
      return this.frame(before.tokens.find(({ work }) => work === command.id)?.scope ?? 0);
    }
    if (command.type !== 'correlateMessage') return this.frame(0);
    const waiting = before.subscriptions.find((one) => one.kind === 'message' && one.name === command.name);
    if (waiting === undefined) throw new Error(`nothing waits for ${command.name}`);
    if (waiting.node.startsWith('s_')) {
      return this.frame(before.scopes.find(({ owner }) => owner === waiting.token)?.id ?? 0);
    }
    return this.frame(before.tokens.find(({ id }) => id === waiting.token)?.scope ?? 0);
  }

  private frame(id: number): Frame {
    const frame = this.frames.get(id);
    if (frame === undefined) throw new Error(`no frame ${id}`);
    return frame;
  }

  private part(node: string): Part | undefined {
    return this.parts.get(node);
  }

  private isOpen = ({ id }: Frame): boolean =>
    id === 0 || (this.after?.scopes.some((scope) => scope.id === id) ?? false);

  /** Frames for the scopes that are new, but for those of sub-processes that are opened again. */
  private openFrames(): void {
    for (const scope of this.after?.scopes ?? []) {
      const owner = this.after?.tokens.find(({ id }) => id === scope.owner);
      if (this.frames.has(scope.id) || owner?.undoes !== undefined) continue;
      const parent = this.frames.get(scope.parent ?? 0);
      // What runs inside a sub-process that is opened again comes when that is.
      if (parent !== undefined) this.open(scope.id, scope.node, parent, null);
    }
  }

  private open(id: number, node: string, parent: Frame, reopenedFor: Undoing | null): Frame {
    const frame = { id, node, parent, reopenedFor };
    this.frames.set(id, frame);
    return frame;
  }

  private hear(effect: Effect, before: State | null, command: Command): void {
    if (effect.type === 'taskCompleted') this.completed(effect, before, command);
    else if (effect.type === 'taskCreated') this.created(effect);
    else if (effect.type === 'flowNodeEntered') this.entered(effect.flowNode);
    else if (effect.type === 'flowNodeLeft') this.left(effect.flowNode);
    else if (effect.type === 'compensationStarted') {
      expect(effect.flowNode, 'what is undone next').to.equal(this.expected.shift());
      this.predicted++;
    }
  }

  private completed(effect: { id: string; flowNode: string }, before: State | null, command: Command): void {
    expect(command).to.include({ type: 'completeTask', id: effect.id });
    const undoing = this.handlers.get(effect.id);
    if (undoing !== undefined) {
      this.handlers.delete(effect.id);
      this.undoNext(undoing);
      return;
    }
    const scope = before?.tokens.find(({ work }) => work === effect.id)?.scope ?? 0;
    if (this.part(effect.flowNode)?.handler) this.note(effect.flowNode, this.frame(scope), []);
  }

  private note(node: string, frame: Frame, inner: readonly Done[]): void {
    this.done.push({ node, frame, inner, undoing: null });
  }

  private created(effect: { id: string; flowNode: string }): void {
    const index = this.starting.findIndex(({ handler }) => handler === effect.flowNode);
    const [found] = index < 0 ? [] : this.starting.splice(index, 1);
    if (found === undefined) return;
    this.handlers.set(effect.id, found.undoing);
    const token = this.after?.tokens.find(({ work }) => work === effect.id);
    expect(token?.scope ?? 0, `scope in which ${effect.flowNode} runs`).to.equal(found.frame.id);
  }

  private entered(node: string): void {
    const part = this.part(node);
    if (part?.byEvent && part.interrupting && this.flowOf(part.container)?.reopenedFor === null) {
      this.stopAllIn(this.here);
      return;
    }
    if (!part?.throws) return;
    const frame = this.flowOf(part.container);
    if (frame === null) throw new Error(`${node} is nowhere`);
    const { activity, cancels } = part.throws;
    if (cancels) this.stopAllIn(frame);
    const undoing = { frame, cancels };
    const around = this.around(frame);
    for (const one of this.done) {
      if (one.undoing !== null || !around.includes(one.frame)) continue;
      if (activity === null || one.node === activity) one.undoing = undoing;
    }
    this.undoNext(undoing);
    // Other tokens may go on in the flow of the event, whatever it has opened again.
    if (this.frames.has(frame.id)) this.here = frame;
  }

  /** From where the step is, outwards, the flow of a process or sub-process. */
  private flowOf(node: string): Frame | null {
    for (let frame: Frame | null = this.here; frame !== null; frame = frame.parent) {
      if (frame.node === node) return frame;
    }
    return null;
  }

  /** The flow, and for that of an event sub-process the one it is beside. */
  private around(frame: Frame): Frame[] {
    const isBeside = this.part(frame.node)?.byEvent === true && frame.parent !== null;
    return isBeside ? [frame, ...this.around(frame.parent as Frame)] : [frame];
  }

  /** All that runs in a flow ends: what it had undone is not undone any further, what was inside is gone. */
  private stopAllIn(frame: Frame): void {
    const isInside = (other: Frame | null): boolean =>
      other !== null && (other === frame || isInside(other.parent));
    for (const one of this.done) if (one.undoing !== null && isInside(one.undoing.frame)) one.undoing = null;
    this.done = this.done.filter((one) => one.frame === frame || !isInside(one.frame));
    for (const [id, undoing] of this.handlers) if (isInside(undoing.frame)) this.handlers.delete(id);
  }

  private undoNext(undoing: Undoing): void {
    this.here = undoing.frame;
    const last = this.done.findLast((one) => one.undoing === undoing);
    if (last === undefined) {
      if (undoing.cancels) this.leaveTransaction(undoing.frame);
      return;
    }
    this.done = this.done.filter((one) => one !== last);
    this.expected.push(last.node);
    const handler = this.part(last.node)?.handler ?? null;
    if (handler === null) this.undoInside(last, undoing);
    else this.starting.push({ handler, undoing, frame: last.frame });
  }

  private undoInside(one: Done, undoing: Undoing): void {
    const scope = this.after?.scopes.find(
      ({ id, node, parent }) => !this.frames.has(id) && node === one.node && (parent ?? 0) === one.frame.id,
    );
    if (scope === undefined) throw new Error(`${one.node} is not opened again`);
    const frame = this.open(scope.id, one.node, one.frame, undoing);
    const all = { frame, cancels: false };
    const decides = this.part(one.node)?.undoesItself === true;
    for (const inner of one.inner) this.done.push({ ...inner, frame, undoing: decides ? null : all });
    this.openFrames();
    if (!decides) this.undoNext(all);
  }

  private leaveTransaction(frame: Frame): void {
    this.here = frame.parent ?? frame;
    this.drop(frame);
  }

  private left(node: string): void {
    if (!this.part(node)?.isSubProcess) return;
    const frame = this.flowOf(node);
    if (frame !== null) this.close(frame);
  }

  /** A sub-process is completed. */
  private close(frame: Frame): void {
    const inner = this.done.filter((one) => one.frame === frame);
    this.drop(frame);
    const { parent, reopenedFor } = frame;
    if (parent === null) return;
    this.here = parent;
    if (reopenedFor !== null) {
      this.undoNext(reopenedFor);
      return;
    }
    const part = this.part(frame.node);
    if (inner.length > 0 || part?.handler || part?.undoesItself) this.note(frame.node, parent, inner);
  }

  /** One of several instances of a sub-process is completed: nothing is said of it while others are to come. */
  private closeInstance(): void {
    const frame = this.here;
    if (this.isOpen(frame) || !this.frames.has(frame.id)) return;
    const rest = this.after?.tokens.some(
      ({ node, waiting, scope }) =>
        node === frame.node && waiting === 'instances' && (scope ?? 0) === frame.parent?.id,
    );
    if (rest) this.close(frame);
  }

  private drop(frame: Frame): void {
    this.frames.delete(frame.id);
    this.done = this.done.filter((one) => one.frame !== frame);
    for (const one of this.done) if (one.undoing?.frame === frame) one.undoing = null;
    for (const [id, undoing] of this.handlers) if (undoing.frame === frame) this.handlers.delete(id);
  }

  /** Before anything is undone: what is noted for it, with its scope, in order. */
  private compare(after: State): void {
    const noted = (after.completed ?? []).map(({ node, scope }) => `${node} in ${scope ?? 0}`);
    expect(noted, 'what may still be undone').to.deep.equal(
      this.done.map(({ node, frame }) => `${node} in ${frame.id}`),
    );
  }
}
