import {
  after,
  boundary,
  cancel,
  catching,
  compensation,
  conditional,
  element,
  end,
  escalation,
  escalations,
  eventSubProcess,
  exclusive,
  flow,
  inclusive,
  link,
  mapping,
  message,
  messages,
  multiple,
  parallel,
  repeat,
  script,
  signal,
  signals,
  start,
  subProcess,
  throwing,
  transaction,
  undoing,
} from './diagram.ts';

/** A small seeded generator of random numbers (mulberry32), so that every failure can be repeated. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A generated diagram, with the joins in it: each must fire exactly as often as the split it closes. */
export interface Generated {
  readonly body: string;
  readonly declarations: string;
  /** Split gateway id to join gateway id. */
  readonly joins: ReadonlyMap<string, string>;
}

interface Block {
  readonly body: string;
  readonly first: string;
  readonly last: string;
}

/** Builds a well-formed, block-structured process: splits and joins nest, loops lead back through a task. */
export function generate(random: (below: number) => number): Generated {
  const joins = new Map<string, string>();
  let count = 0;
  const next = (prefix: string) => `${prefix}${++count}`;

  const leaf = (): Block => {
    const id = next('n');
    const kinds = [
      () => element('userTask', id),
      () => element('userTask', id),
      () => element('serviceTask', id),
      () => element('task', id),
      () => catching(id, message('M')),
      () => catching(id, after('PT1H')),
      () => element('intermediateThrowEvent', id),
      () => element('userTask', id, multiple({ cardinality: 'size', sequential: random(2) === 0 })),
      () =>
        element(
          'userTask',
          id,
          multiple({ collection: 'names', as: 'who', until: 'nrOfCompletedInstances >= 1' }),
        ),
      () => element('userTask', id) + undoing(id),
      () => element('serviceTask', id) + undoing(id),
      () => catching(id, signal('S')),
      () => catching(id, conditional('choice >= 1')),
      () => throwing(id, signal('S')),
      () => throwing(id, escalation('X')),
      () => throwing(id, compensation()),
      () => script(id, 'choice + 1', 'computed'),
      () => element('serviceTask', id, mapping({ given: '=size' }, { result: '=given + choice' })),
      () => element('userTask', id, repeat({ condition: 'choice = 0', before: random(2) === 0 })),
    ];
    if (random(12) > 0) return { body: (kinds[random(kinds.length)] as () => string)(), first: id, last: id };
    const other = next('n');
    return { body: throwing(id, link(id)) + catching(other, link(id)), first: id, last: other };
  };

  const sequence = (depth: number): Block => {
    const blocks = Array.from({ length: 1 + random(3) }, () => block(depth));
    const links = blocks.slice(1).map((each, index) => flow((blocks[index] as Block).last, each.first));
    return {
      body: blocks.map((each) => each.body).join('') + links.join(''),
      first: (blocks[0] as Block).first,
      last: (blocks.at(-1) as Block).last,
    };
  };

  /** Two or three branches; a branch may be empty. */
  const split = (depth: number, kind: 'parallel' | 'exclusive' | 'inclusive'): Block => {
    const [opening, closing] = [next('g'), next('j')];
    if (kind !== 'exclusive') joins.set(opening, closing);
    let body = '';
    let fallback: string | undefined;
    const branches = 2 + random(2);
    for (let index = 0; index < branches; index++) {
      const inner = random(5) === 0 ? null : sequence(depth - 1);
      const target = inner?.first ?? closing;
      const id = next('f');
      const isDefault = kind !== 'parallel' && index === branches - 1;
      if (isDefault) fallback = id;
      const condition =
        kind === 'parallel' || isDefault ? undefined : `choice ${random(2) ? '>=' : '<='} ${random(4)}`;
      body += flow(opening, target, condition, id);
      if (inner) body += inner.body + flow(inner.last, closing);
    }
    const gateway = {
      parallel: () => parallel(opening),
      exclusive: () => exclusive(opening, fallback),
      inclusive: () => inclusive(opening, fallback),
    };
    const join = { parallel, exclusive, inclusive }[kind];
    return { body: gateway[kind]() + join(closing) + body, first: opening, last: closing };
  };

  const loop = (depth: number): Block => {
    const [merge, decide, again, on, work] = [next('m'), next('x'), next('f'), next('f'), next('n')];
    const inner = sequence(depth - 1);
    const next_ = next('n');
    const body =
      exclusive(merge) +
      element('userTask', work) +
      exclusive(decide, on) +
      inner.body +
      flow(merge, inner.first) +
      flow(inner.last, work) +
      flow(work, decide) +
      flow(decide, merge, 'choice = 0', again) +
      flow(decide, next_, undefined, on) +
      element('task', next_);
    return { body, first: merge, last: next_ };
  };

  /** Perhaps an event sub-process: a message interrupts, a timer runs beside, an escalation is caught. */
  const beside = (depth: number): string => {
    const kinds = [
      () => [message('N'), true],
      () => [after('PT2H'), false],
      () => [escalation('X'), false],
      () => [signal('S'), true],
    ] as (() => [definition: string, interrupting: boolean])[];
    const kind = kinds[random(kinds.length * 2)];
    if (kind === undefined) return '';
    const [id, finish] = [next('h'), next('e')];
    const [definition, interrupting] = kind();
    const inner = sequence(Math.min(depth, 1));
    const body = inner.body + end(finish) + flow(`s_${id}`, inner.first) + flow(inner.last, finish);
    return eventSubProcess(id, definition, body, interrupting);
  };

  const nested = (depth: number): Block => {
    const [id, begin, finish] = [next('p'), next('s'), next('e')];
    const inner = sequence(depth - 1);
    const many = random(3) === 0 ? multiple({ cardinality: 'size', sequential: random(2) === 0 }) : '';
    const flowInside =
      start(begin) + inner.body + end(finish) + flow(begin, inner.first) + flow(inner.last, finish);
    const isTransaction = random(4) === 0;
    let inside = flowInside + beside(depth - 1) + many;
    if (isTransaction) {
      const [decide, quit] = [next('x'), next('q')];
      inside =
        start(begin) +
        inner.body +
        exclusive(decide, `${decide}_${finish}`) +
        end(finish) +
        end(quit, cancel) +
        flow(begin, inner.first) +
        flow(inner.last, decide) +
        flow(decide, quit, 'choice = 2') +
        flow(decide, finish) +
        many;
    }
    let body = isTransaction ? transaction(id, inside) : subProcess(id, inside);
    const closing = next('x');
    body += exclusive(closing) + flow(id, closing);
    if (isTransaction) {
      const cancelled = next('b');
      body += boundary(cancelled, id, cancel) + flow(cancelled, closing);
    }
    if (random(3) === 0) {
      const [escalated, target] = [next('b'), next('e')];
      body += boundary(escalated, id, escalation('X'), false) + flow(escalated, target) + end(target);
    }
    if (random(2) === 0) {
      const [timer, interrupting] = [next('b'), random(3) > 0];
      // a token of its own must not come back into the flow, or joins would get two
      const target = interrupting ? closing : next('e');
      body += boundary(timer, id, after('P1D'), interrupting) + flow(timer, target);
      if (!interrupting) body += end(target);
    }
    return { body, first: id, last: closing };
  };

  const block = (depth: number): Block => {
    if (depth <= 0) return leaf();
    const kinds = [
      leaf,
      leaf,
      () => split(depth, 'parallel'),
      () => split(depth, 'exclusive'),
      () => split(depth, 'inclusive'),
      () => loop(depth),
      () => nested(depth),
    ];
    return (kinds[random(kinds.length)] as () => Block)();
  };

  const whole = sequence(3);
  return {
    body: start() + end() + whole.body + flow('s', whole.first) + flow(whole.last, 'e'),
    declarations: messages('M N') + signals('S') + escalations('X'),
    joins,
  };
}
