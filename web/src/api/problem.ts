import type { components } from './schema.d.ts';

export type Problem = components['schemas']['Problem'];
export type FieldProblem = components['schemas']['FieldProblem'];

/** A refusal of the server, or no answer at all (`OFFLINE`); its words are already in the reader's language. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly fields: FieldProblem[];
  readonly details: Record<string, unknown>;
  readonly request: string;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'Refusal';
    this.code = problem.code;
    this.status = problem.status;
    this.title = problem.title;
    this.fields = problem.errors ?? [];
    this.details = (problem.details ?? {}) as Record<string, unknown>;
    this.request = problem.instance;
  }
}

/** Thrown when nothing answered: the network is away, or the server. What was typed is still there. */
export class Offline extends Error {
  readonly code = 'OFFLINE';

  constructor(cause: unknown) {
    super('offline', { cause });
    this.name = 'Offline';
  }
}

/** Reads the problem of an answer that is not as wished, whatever stood in between. */
export async function refusalOf(response: Response): Promise<Refusal> {
  try {
    return new Refusal((await response.json()) as Problem);
  } catch {
    return new Refusal({
      type: 'about:blank',
      title: String(response.status),
      status: response.status,
      detail: response.statusText || String(response.status),
      instance: '',
      code: 'INTERNAL',
    });
  }
}

/** The code of a refusal, read without using the answer up; '' when it has none. */
export async function codeOf(response: Response): Promise<string> {
  try {
    return ((await response.clone().json()) as Partial<Problem>).code ?? '';
  } catch {
    return '';
  }
}
