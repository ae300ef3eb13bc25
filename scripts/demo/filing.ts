import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Person } from './client.ts';
import { Refused } from './client.ts';
import type { DemoCommune, People } from './people.ts';

/** A file to put into a piece. */
export interface Sample {
  piece: string;
  path: string;
  mediaType: string;
}

export interface DossierView {
  dossier: {
    id: string;
    number: string | null;
    status: string;
    round: number;
    version: number;
    tax: { amount: number } | null;
    committee: {
      members: { body: string; kind: string; binding: boolean }[];
      secretariat: string;
      silent: string[];
    } | null;
    filingRejection: { missing: { piece: string }[] } | null;
  };
}

export interface TaskView {
  id: string;
  flowNode: string;
  body: string | null;
  version: number;
}

/** How often it is looked whether something has come about, four times a second. */
const TRIES = 480;

/** One dossier on its way: what each party does to it, over HTTP, as a person would. */
export class Filing {
  readonly people: People;
  readonly commune: DemoCommune;
  readonly owner: Person;
  id = '';
  number = '';
  /** Waits that moving the clock makes: told by the scenario. */
  readonly #wait: (duration: { minutes?: number; workingDays?: number }) => Promise<void>;

  constructor(
    people: People,
    commune: DemoCommune,
    owner: Person,
    wait: (duration: { minutes?: number; workingDays?: number }) => Promise<void>,
  ) {
    this.people = people;
    this.commune = commune;
    this.owner = owner;
    this.#wait = wait;
  }

  /** Draft, pieces, the architect's signature, submission. */
  async file(application: unknown, samples: Sample[]): Promise<void> {
    const draft = await this.owner.post<{ id: string }>('/dossiers', {
      procedure: 'building-permit-small',
      commune: this.commune.code,
      architectEmail: this.people.architect.email,
      application,
    });
    this.id = draft.id;
    for (const sample of samples) await this.upload(sample);
    await this.people.architect.post(`/dossiers/${this.id}/architect-signature`);
    await this.#wait({ minutes: 10 });
    await this.owner.post(`/dossiers/${this.id}/submission`);
    this.number = await this.#numbered();
  }

  async upload(sample: Sample, by: Person = this.owner): Promise<void> {
    const bytes = await readFile(sample.path);
    await by.upload(`/dossiers/${this.id}/documents`, () => {
      const form = new FormData();
      form.append('piece', sample.piece);
      form.append(
        'file',
        new Blob([new Uint8Array(bytes)], { type: sample.mediaType }),
        basename(sample.path),
      );
      return form;
    });
  }

  read = (by: Person = this.owner): Promise<DossierView> => by.get<DossierView>(`/dossiers/${this.id}`);

  /** Goes on with a dossier that was filed before. */
  async found(id: string): Promise<DossierView> {
    this.id = id;
    const view = await this.read();
    this.number = view.dossier.number ?? '';
    return view;
  }

  /** Waits until somebody's task is there: what follows a step may still be under way after a crash. */
  async task(by: Person, flowNode: string): Promise<TaskView> {
    for (let tries = 0; tries < TRIES; tries++) {
      const found = await by.get<{ items: TaskView[] }>(
        `/tasks?scope=all&status=open&dossier=${this.id}&flowNode=${flowNode}&limit=50`,
      );
      const [task] = found.items;
      if (task !== undefined) return task;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`${this.number || this.id}: ${by.email} has no task ${flowNode}`);
  }

  /** Takes a task into one's hands and completes it with its form. */
  async complete(by: Person, flowNode: string, payload: unknown): Promise<void> {
    const task = await this.task(by, flowNode);
    await by.post(`/tasks/${task.id}/claim`);
    await this.#wait({ minutes: 20 });
    await by.post(`/tasks/${task.id}/completion`, payload);
  }

  /** Tries what must be refused; answers the code of the refusal. */
  async refused(by: Person, flowNode: string, payload: unknown): Promise<string> {
    const task = await this.task(by, flowNode);
    try {
      await by.post(`/tasks/${task.id}/completion`, payload);
    } catch (error) {
      if (error instanceof Refused) return error.code;
      throw error;
    }
    throw new Error(`${this.number}: ${flowNode} was accepted though the law refuses it`);
  }

  checkedComplete = (): Promise<void> =>
    this.complete(this.people.registry(this.commune.code), 'CheckCompleteness', {
      complete: true,
      missing: [],
    });

  /** The members' words, the urban agency's last; `silent` bodies of a kind say nothing. */
  async opinions(agency: unknown, options: { silent?: string[]; members?: unknown } = {}): Promise<void> {
    const { dossier } = await this.#convened();
    for (const member of dossier.committee?.members ?? []) {
      if (options.silent?.includes(member.kind)) continue;
      const person = this.people.member(member.body);
      if (member.binding) await this.complete(person, 'ReviewByUrbanAgency', agency);
      else
        await this.complete(
          person,
          'ReviewByMember',
          options.members ?? { value: 'favourable', remarks: [] },
        );
    }
  }

  async minutes(observations: string, proposal: string): Promise<void> {
    const { dossier } = await this.#convened();
    const secretary = this.people.secretary(dossier.committee?.secretariat ?? '');
    await this.complete(secretary, 'DrawUpMinutes', { observations, proposal });
  }

  decide = (choice: string, conditions: string[] = []): Promise<void> =>
    this.complete(this.people.president(this.commune.code), 'Decide', { choice, conditions });

  /** Payment when there is a tax, the president's signature, delivery. */
  async release(receipt: string, paidAt: string): Promise<void> {
    const amount = (await this.#taxed()).dossier.tax?.amount ?? 0;
    if (amount > 0) {
      await this.complete(this.people.treasurer(this.commune.code), 'RecordPayment', {
        receipt,
        amount,
        paidAt,
      });
    }
    await this.complete(this.people.president(this.commune.code), 'SignLicence', { confirm: true });
  }

  /** A remark on the first page of a piece, as a member writes it. */
  async remark(by: Person, piece: string, article: string, text: string, reserve: boolean): Promise<unknown> {
    const { items } = await by.get<{ items: { id: string; piece: string }[] }>(
      `/dossiers/${this.id}/documents`,
    );
    const document = items.find((one) => one.piece === piece);
    if (document === undefined) throw new Error(`${this.number}: no document for ${piece}`);
    return { document: document.id, page: 1, article, text, reserve };
  }

  async #numbered(): Promise<string> {
    const { dossier } = await this.#when((seen) => seen.number !== null, 'was never numbered');
    return dossier.number ?? '';
  }

  /** Waits until the dossier is where its last step leads to: what follows it may still be under way. */
  reached = (status: string): Promise<DossierView> =>
    this.#when((seen) => seen.status === status, `was never ${status}`);

  #convened = (): Promise<DossierView> =>
    this.#when((seen) => seen.committee !== null, 'no committee was convened');

  #taxed = (): Promise<DossierView> => this.#when((seen) => seen.tax !== null, 'the tax was not computed');

  /** What follows a step may still be under way after a crash. */
  async #when(
    reached: (dossier: DossierView['dossier']) => boolean,
    otherwise: string,
  ): Promise<DossierView> {
    for (let tries = 0; tries < TRIES; tries++) {
      const view = await this.read();
      if (reached(view.dossier)) return view;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`${this.number || this.id}: ${otherwise}`);
  }
}
