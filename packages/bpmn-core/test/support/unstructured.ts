import {
  boundary,
  catching,
  element,
  end,
  flow,
  link,
  message,
  messages,
  start,
  subProcess,
  throwing,
  users,
} from './diagram.ts';

export type DrawnKind =
  | 'start'
  | 'end'
  | 'task'
  | 'subProcess'
  | 'boundary'
  | 'exclusive'
  | 'inclusive'
  | 'parallel'
  | 'throwLink'
  | 'catchLink';

/** A flow as drawn; `when` says for which `choice` it is taken, null for always, and a default flow has none. */
export interface Edge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly when: { readonly text: string; readonly holds: (choice: number) => boolean } | null;
  readonly isDefault: boolean;
}

/** A graph as it is drawn, and the BPMN for it. */
export interface Drawn {
  readonly kinds: ReadonlyMap<string, DrawnKind>;
  readonly edges: readonly Edge[];
  /** Boundary events by activity; each catches the message M_<id>. */
  readonly boundaries: ReadonlyMap<string, readonly { id: string; interrupting: boolean }[]>;
  /** Catching ends of links by throwing ends. */
  readonly links: ReadonlyMap<string, string>;
  readonly body: string;
  readonly declarations: string;
}

const DECIDES: ReadonlySet<DrawnKind> = new Set(['exclusive', 'inclusive']);
const GATEWAYS: ReadonlySet<DrawnKind> = new Set(['exclusive', 'inclusive', 'parallel']);

/** Draws any graph: flows lead from anywhere to anywhere, also backwards, so splits and joins do not match. */
export function drawUnstructured(random: (below: number) => number): Drawn {
  const kinds = new Map<string, DrawnKind>([
    ['s', 'start'],
    ['e', 'end'],
  ]);
  const boundaries = new Map<string, { id: string; interrupting: boolean }[]>();
  const links = new Map<string, string>();
  const sources = ['s'];
  const targets: string[] = [];
  const pairs = new Map<string, string[]>([['s', []]]);
  const add = (id: string, kind: DrawnKind) => {
    kinds.set(id, kind);
    pairs.set(id, []);
  };
  const lead = (from: string, to: string) => {
    const known = pairs.get(from) as string[];
    if (!known.includes(to)) known.push(to);
  };
  const count = 5 + random(8);
  const choices: DrawnKind[] = [
    'task',
    'task',
    'task',
    'subProcess',
    'exclusive',
    'inclusive',
    'inclusive',
    'inclusive',
    'parallel',
  ];
  for (let index = 0; index < count; index++) {
    const id = `n${index}`;
    const kind = choices[random(choices.length)] as DrawnKind;
    add(id, kind);
    // Whatever is drawn can be come to from something drawn before it.
    lead(sources[random(sources.length)] as string, id);
    targets.push(id);
    sources.push(id);
    if ((kind === 'task' || kind === 'subProcess') && random(3) === 0) {
      const event = { id: `b${index}`, interrupting: random(2) === 0 };
      add(event.id, 'boundary');
      boundaries.set(id, [event]);
      sources.push(event.id);
    }
    if (random(8) === 0) {
      add(`t${index}`, 'throwLink');
      add(`c${index}`, 'catchLink');
      links.set(`t${index}`, `c${index}`);
      lead(id, `t${index}`);
      sources.push(`c${index}`);
    }
  }
  if (pairs.get('s')?.length === 0) lead('s', 'n0');
  for (let more = count + random(count); more > 0; more--) {
    lead(sources[1 + random(sources.length - 1)] as string, targets[random(targets.length)] as string);
  }
  for (const [id, out] of pairs) {
    const kind = kinds.get(id) as DrawnKind;
    const needed = GATEWAYS.has(kind) || kind === 'boundary' || kind === 'catchLink';
    if ((out.length === 0 && needed) || (GATEWAYS.has(kind) && random(4) === 0)) lead(id, 'e');
  }
  const edges = [...pairs].flatMap(([from, out]) => edgesOf(from, kinds.get(from) as DrawnKind, out, random));
  const graph = { kinds, edges, boundaries, links };
  return { ...graph, body: bodyOf(graph), declarations: declarationsOf(graph) };
}

function edgesOf(from: string, kind: DrawnKind, out: string[], random: (below: number) => number): Edge[] {
  return out.map((to, index) => {
    const isDefault = DECIDES.has(kind) && out.length > 1 && index === out.length - 1;
    const at = random(4);
    const up = random(2) === 0;
    const condition = {
      text: `choice ${up ? '>=' : '<='} ${at}`,
      holds: (choice: number) => (up ? choice >= at : choice <= at),
    };
    const when = DECIDES.has(kind) && out.length > 1 && !isDefault ? condition : null;
    return { id: `${from}_${to}`, from, to, when, isDefault };
  });
}

function bodyOf({ kinds, edges, boundaries, links }: Omit<Drawn, 'body' | 'declarations'>): string {
  const drawn: string[] = [];
  for (const [id, kind] of kinds) {
    const fallback = edges.find((edge) => edge.from === id && edge.isDefault);
    if (kind === 'start') drawn.push(start(id));
    else if (kind === 'end' && edges.some(({ to }) => to === id)) drawn.push(end(id));
    else if (kind === 'task') drawn.push(users(id));
    else if (kind === 'subProcess') {
      const inner = start(`begin_${id}`) + users(`in_${id}`) + flow(`begin_${id}`, `in_${id}`);
      drawn.push(subProcess(id, inner));
    } else if (GATEWAYS.has(kind))
      drawn.push(element(`${kind}Gateway`, id, '', fallback ? `default="${fallback.id}"` : ''));
    else if (kind === 'throwLink') drawn.push(throwing(id, link(id)));
  }
  for (const [thrower, catcher] of links) drawn.push(catching(catcher, link(thrower)));
  for (const [host, events] of boundaries)
    for (const { id, interrupting } of events)
      drawn.push(boundary(id, host, message(`M_${id}`), interrupting));
  for (const { from, to, when } of edges) drawn.push(flow(from, to, when?.text));
  return drawn.join('');
}

function declarationsOf({ boundaries }: Pick<Drawn, 'boundaries'>): string {
  const names = [...boundaries.values()].flat().map(({ id }) => `M_${id}`);
  return names.length === 0 ? '' : messages(names.join(' '));
}
