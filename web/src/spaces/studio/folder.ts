/** A file as it was picked or dropped, by the path it had on the person's computer. */
export interface PickedFile {
  path: string;
  content: string;
}

const FORM_FILE = /^[a-z][a-z0-9-]*\.(schema|ui|ar|fr|en)\.json$/;

/**
 * Puts picked files where a procedure has them, whichever folder was picked: `processes/` and `forms/` together, either of
 * them, or the procedure's own folders. What has no place there is told in `astray`.
 */
export function placeFiles(picked: PickedFile[]): { files: PickedFile[]; astray: string[] } {
  const id = procedureOf(picked);
  const files: PickedFile[] = [];
  const astray: string[] = [];
  for (const { path, content } of picked) {
    const place = placeOf(path, id);
    if (place === null) {
      if (!hidden(path)) astray.push(path);
    } else if (!files.some((file) => file.path === place)) files.push({ path: place, content });
  }
  return { files, astray };
}

/** The procedure is named by its diagram's file. */
function procedureOf(picked: PickedFile[]): string | null {
  const diagram = picked.find(({ path }) => path.endsWith('.bpmn'))?.path;
  return (
    diagram
      ?.split('/')
      .at(-1)
      ?.replace(/\.bpmn$/, '') ?? null
  );
}

const hidden = (path: string) => path.split('/').some((part) => part.startsWith('.'));

function placeOf(path: string, id: string | null): string | null {
  const parts = path.split('/').filter((part) => part !== '');
  const name = parts.at(-1) ?? '';
  const folder = parts.at(-2) ?? '';
  if (hidden(path) || id === null) return null;
  if (name === `${id}.bpmn`) return `processes/${id}/${name}`;
  if (name === 'procedure.json') return `processes/${id}/${name}`;
  if ((folder === 'decisions' || folder === 'cases') && name.endsWith('.json')) {
    return `processes/${id}/${folder}/${name}`;
  }
  if (!FORM_FILE.test(name)) return null;
  const owner = /^[a-z][a-z0-9-]*$/.test(folder) && folder !== 'forms' ? folder : id;
  return `forms/${owner}/${name}`;
}

/** Reads what an input or a drop holds, folders included. */
export async function readPicked(list: FileList | File[]): Promise<PickedFile[]> {
  return Promise.all(
    [...list].map(async (file) => ({
      path: file.webkitRelativePath || file.name,
      content: await file.text(),
    })),
  );
}

/** The files of what was dropped: folders are walked through. */
export async function readDropped(items: DataTransferItemList): Promise<PickedFile[]> {
  // Entries are only there while the drop is handled: all are taken before the first is read.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return (await Promise.all(entries.map((entry) => walk(entry)))).flat();
}

async function walk(entry: FileSystemEntry): Promise<PickedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ path: entry.fullPath, content: await file.text() }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: PickedFile[] = [];
  for (;;) {
    // A reader gives its entries some at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await walk(one)));
  }
}
