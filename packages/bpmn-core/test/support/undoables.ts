import {
  boundary,
  cancel,
  compensation,
  element,
  end,
  eventSubProcess,
  exclusive,
  flow,
  message,
  messages,
  multiple,
  parallel,
  repeat,
  start,
  throwing,
  transaction,
  undoing,
  users,
} from './diagram.ts';

/** What an oracle on compensation must know of a node. */
export interface Part {
  readonly id: string;
  readonly container: string;
  readonly isSubProcess: boolean;
  /** An event sub-process: whether it interrupts. */
  readonly byEvent: boolean;
  readonly interrupting: boolean;
  /** The task that undoes it. */
  readonly handler: string | null;
  /** Whether an event sub-process inside decides what is undone. */
  readonly undoesItself: boolean;
  /** Throw and end events: what they undo; a cancel end event ends what runs first. */
  readonly throws: { readonly activity: string | null; readonly cancels: boolean } | null;
}

export interface Undoables {
  readonly parts: ReadonlyMap<string, Part>;
  readonly body: string;
  readonly declarations: string;
}

interface Piece {
  readonly body: string;
  readonly first: string;
  readonly last: string;
}

/**
 * Draws a process of activities that can be undone and of events that undo them. Every sub-process begins with a task, so
 * that none is over in the step in which it began.
 */
export function drawUndoables(random: (below: number) => number): Undoables {
  const parts = new Map<string, Part>();
  const names: string[] = [];
  let count = 0;
  const next = (prefix: string) => `${prefix}${++count}`;
  const add = (id: string, container: string, more: Partial<Part> = {}) => {
    const part = {
      isSubProcess: false,
      byEvent: false,
      interrupting: false,
      handler: null,
      undoesItself: false,
      throws: null,
    };
    parts.set(id, { id, container, ...part, ...more });
  };
  const chain = (pieces: readonly Piece[]): Piece => ({
    body: pieces
      .map(
        ({ body }, index) =>
          body + (index === 0 ? '' : flow((pieces[index - 1] as Piece).last, (pieces[index] as Piece).first)),
      )
      .join(''),
    first: (pieces[0] as Piece).first,
    last: (pieces.at(-1) as Piece).last,
  });
  const single = (id: string, body: string): Piece => ({ body, first: id, last: id });
  const loops = () => {
    const kinds = [
      () => '',
      () => '',
      () => '',
      () => multiple({ cardinality: '2' }),
      () => multiple({ cardinality: '2', sequential: true }),
      () => repeat({ maximum: 2 }),
    ];
    return (kinds[random(kinds.length)] as () => string)();
  };

  const task = (container: string): Piece => {
    const id = next('a');
    const handler = random(4) > 0 ? `undo_${id}` : null;
    add(id, container, { handler });
    return single(id, element('userTask', id, loops()) + (handler === null ? '' : undoing(id)));
  };

  const plain = (container: string): Piece => {
    const id = next('w');
    add(id, container);
    return single(id, users(id));
  };

  /** What can be undone by an event of this flow, or of one around it if that is an event sub-process. */
  const target = (containers: readonly string[]): string | null => {
    const found = [...parts.values()].filter(
      (part) => containers.includes(part.container) && canBeUndone(parts, part),
    );
    return random(2) === 0 ? null : (found[random(found.length || 1)]?.id ?? null);
  };

  const thrower = (containers: readonly string[]): Piece => {
    const id = next('t');
    const activity = target(containers);
    add(id, containers[0] as string, { throws: { activity, cancels: false } });
    return single(id, throwing(id, compensation(activity ?? undefined)));
  };

  const fork = (containers: readonly string[], depth: number): Piece => {
    const [opening, closing] = [next('g'), next('j')];
    const branches = [sequence(containers, depth - 1), sequence(containers, depth - 1)];
    const body = branches
      .map((branch) => branch.body + flow(opening, branch.first) + flow(branch.last, closing))
      .join('');
    return { body: parallel(`${opening} ${closing}`) + body, first: opening, last: closing };
  };

  /** The flow of an event sub-process, from its start to an end. */
  const closed = (id: string, { body, first, last }: Piece): string => {
    const finish = next('e');
    return body + end(finish) + flow(`s_${id}`, first) + flow(last, finish);
  };

  const beside = (container: string, depth: number): string => {
    if (random(3) > 0) return '';
    const id = next('h');
    const interrupting = random(2) === 0;
    names.push(`N_${id}`);
    add(id, container, { isSubProcess: true, byEvent: true, interrupting });
    const inner = chain([plain(id), thrower([id, container]), sequence([id, container], depth - 1)]);
    return eventSubProcess(id, message(`N_${id}`), closed(id, inner), interrupting);
  };

  const own = (container: string): string => {
    const id = next('k');
    add(id, container, { isSubProcess: true, byEvent: true, interrupting: true });
    const pieces = [plain(id), thrower([id, container]), plain(id)].slice(0, 1 + random(3));
    const inner = chain(pieces);
    return eventSubProcess(id, compensation(), closed(id, inner));
  };

  const nested = (container: string, depth: number): Piece => {
    const [id, begin, closing] = [next('p'), next('s'), next('x')];
    const isTransaction = random(3) === 0;
    const handler = random(5) === 0 ? `undo_${id}` : null;
    const undoesItself = random(4) === 0;
    add(id, container, { isSubProcess: true, handler, undoesItself });
    const inner = chain([plain(id), sequence([id], depth - 1)]);
    let inside = start(begin) + inner.body + flow(begin, inner.first);
    const finish = next('e');
    const undoes = random(5) === 0;
    if (undoes) add(finish, id, { throws: { activity: null, cancels: false } });
    inside += end(finish, undoes ? compensation() : '');
    if (isTransaction) {
      const [decide, quit] = [next('d'), next('q')];
      add(quit, id, { throws: { activity: null, cancels: true } });
      inside += exclusive(decide, `${decide}_${finish}`) + end(quit, cancel);
      inside += flow(inner.last, decide) + flow(decide, quit, 'choice = 0') + flow(decide, finish);
    } else inside += flow(inner.last, finish);
    inside += beside(id, depth) + (undoesItself ? own(id) : '') + loops();
    let body = isTransaction ? transaction(id, inside) : element('subProcess', id, inside);
    body += exclusive(closing) + flow(id, closing);
    if (isTransaction) body += boundary(`b_${id}`, id, cancel) + flow(`b_${id}`, closing);
    if (random(3) === 0) {
      names.push(`M_${id}`);
      body += boundary(`i_${id}`, id, message(`M_${id}`)) + flow(`i_${id}`, closing);
    }
    if (handler !== null) body += undoing(id);
    return { body, first: id, last: closing };
  };

  function sequence(containers: readonly string[], depth: number): Piece {
    const container = containers[0] as string;
    const kinds = [
      () => task(container),
      () => task(container),
      () => task(container),
      () => thrower(containers),
      ...(depth > 0
        ? [() => nested(container, depth), () => nested(container, depth), () => fork(containers, depth)]
        : []),
    ];
    return chain(Array.from({ length: 1 + random(3) }, () => (kinds[random(kinds.length)] as () => Piece)()));
  }

  const whole = chain([plain('P'), sequence(['P'], 3), thrower(['P']), plain('P')]);
  const body = start() + whole.body + flow('s', whole.first) + beside('P', 2);
  return { parts, body, declarations: names.length === 0 ? '' : messages(names.join(' ')) };
}

function canBeUndone(parts: ReadonlyMap<string, Part>, part: Part): boolean {
  if (part.handler !== null || part.undoesItself) return true;
  return (
    part.isSubProcess &&
    [...parts.values()].some((inner) => inner.container === part.id && canBeUndone(parts, inner))
  );
}
