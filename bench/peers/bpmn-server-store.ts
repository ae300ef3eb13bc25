import { type BPMNServer, DataStore } from 'bpmn-server';

type Document = Record<string, unknown>;
type Projection = Record<string, 0 | 1>;

/** A collection of documents, each member kept as JSON text: written with JSON.stringify, read back with JSON.parse. */
class Collection {
  private readonly documents = new Map<string, Map<string, string>>();

  insert(document: Document): void {
    const id = String(document.id);
    if (this.documents.has(id)) throw new Error(`duplicate id ${id}`);
    this.documents.set(id, new Map());
    this.update(id, document);
  }

  update(id: string, members: Document): void {
    const document = this.documents.get(id);
    if (document === undefined) throw new Error(`no document ${id}`);
    for (const [member, value] of Object.entries(members)) {
      if (value !== undefined) document.set(member, JSON.stringify(value));
    }
  }

  find(id: string, projection: Projection | null): Document[] {
    const document = this.documents.get(id);
    if (document === undefined) return [];
    const listed = Object.values(projection ?? {}).includes(1);
    const wanted = ([member]: [string, string]) =>
      listed ? projection?.[member] === 1 : projection?.[member] !== 0;
    return [
      Object.fromEntries([...document].filter(wanted).map(([member, text]) => [member, JSON.parse(text)])),
    ];
  }

  remove(id: string): void {
    this.documents.delete(id);
  }
}

/** The calls that bpmn-server's data store and locker make to MongoDB, for queries by id. */
class MemoryDb {
  private readonly collections = new Map<string, Collection>();

  async insert(_database: string, name: string, documents: Document[]): Promise<void> {
    for (const document of documents) this.collection(name).insert(document);
  }

  async update(
    _database: string,
    name: string,
    query: { id: string },
    change: { $set: Document },
  ): Promise<void> {
    this.collection(name).update(query.id, change.$set);
  }

  async find(
    _database: string,
    name: string,
    query: { id: string },
    projection: Projection | null,
  ): Promise<Document[]> {
    return this.collection(name).find(query.id, projection);
  }

  async remove(_database: string, name: string, query: { id: string }): Promise<void> {
    this.collection(name).remove(query.id);
  }

  private collection(name: string): Collection {
    const known = this.collections.get(name) ?? new Collection();
    this.collections.set(name, known);
    return known;
  }
}

/** bpmn-server's own data store, on memory instead of MongoDB; its locker goes the same way. */
export class MemoryDataStore extends DataStore {
  constructor(server: BPMNServer) {
    super(server);
    this.db = new MemoryDb();
  }
}
