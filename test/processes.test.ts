import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { BODY_KINDS, ROLES } from '../src/domain/party.ts';
import { bpmnCore } from '../src/engine/bpmnCore.ts';
import { bpmnServer } from '../src/engine/bpmnServer/bpmnServer.ts';
import { NOTICES, SERVICE_HANDLERS, TASK_HANDLERS } from '../src/handlers/names.ts';
import { buildVersion } from '../src/procedures/buildVersion.ts';
import { readDiagram } from '../src/procedures/diagram.ts';
import { lintProcedure } from '../src/procedures/lintProcedure.ts';
import { listProcedures, type ProcedureFolders, readProcedure } from '../src/procedures/readProcedure.ts';
import type { KnownNames, ProcedureVersion } from '../src/procedures/types.ts';
import { drawingFaults } from './support/drawingFaults.ts';
import { modellerLint } from './support/modellerLint.ts';
import { type ReplayCase, replayCase } from './support/replayCase.ts';

const EXAMPLE = 'docs/how-to/examples/advertising-permit';
/** What ships, and the example of the how-to, which must be as right. */
const ROOTS: ProcedureFolders[] = [
  { processes: 'processes', forms: 'forms' },
  { processes: `${EXAMPLE}/processes`, forms: `${EXAMPLE}/forms` },
];
const PUBLISHED = { publishedAt: 0, publishedBy: 'test', note: '' };
const KNOWN: KnownNames = {
  taskHandlers: new Set(TASK_HANDLERS),
  serviceHandlers: new Set(SERVICE_HANDLERS),
  notices: new Set(NOTICES),
  roles: new Set(ROLES),
  bodyKinds: new Set(BODY_KINDS),
};

const ENGINES = [bpmnCore(), await bpmnServer()];

const all = await Promise.all(
  ROOTS.map(async (folders) => (await listProcedures(folders)).map((id) => ({ id, folders }))),
);

for (const { id, folders } of all.flat()) {
  const cases = await casesOf(folders, id);

  describe(`${folders.processes}/${id}`, () => {
    let version: ProcedureVersion;
    before(async () => {
      version = await buildVersion(await readProcedure(folders, id), PUBLISHED);
    });

    it('can be published: forms, roles, handlers, tables, limits and texts are there and right', async () => {
      expect(await lintProcedure(version, KNOWN)).to.deep.equal([]);
    });

    it('opens in a modeller without a warning', async () => {
      expect(await modellerLint(version.diagram)).to.deep.equal([]);
    });

    it('is drawn with straight edges that go round the shapes', async () => {
      expect(drawingFaults(await readDiagram(version.diagram))).to.deep.equal([]);
    });

    for (const engine of ENGINES) {
      it(`is within the profile of ${engine.name}`, async () => {
        const { nodes } = await engine.compile(version.diagram, version.hash);
        expect(Object.keys(nodes)).to.include.members(Object.keys(version.names));
      });
    }

    it('goes through every flow node in one case or another', async () => {
      const visited = new Set<string>();
      for (const { history } of cases) {
        for (const flowNode of await replayCase(bpmnCore(), version, history)) visited.add(flowNode);
      }
      expect(Object.keys(version.names).filter((flowNode) => !visited.has(flowNode))).to.deep.equal([]);
    });
  });

  describe(`${folders.processes}/${id}/cases`, () => {
    let version: ProcedureVersion;
    before(async () => {
      version = await buildVersion(await readProcedure(folders, id), PUBLISHED);
    });

    for (const { file, history } of cases) {
      for (const engine of ENGINES) {
        it(`${file} on ${engine.name}: ${history.title}`, async () => {
          await replayCase(engine, version, history);
        });
      }
    }
  });
}

async function casesOf(
  folders: ProcedureFolders,
  id: string,
): Promise<{ file: string; history: ReplayCase }[]> {
  const folder = join(folders.processes, id, 'cases');
  const files = (await readdir(folder)).sort();
  return Promise.all(
    files.map(async (file) => ({
      file,
      history: JSON.parse(await readFile(join(folder, file), 'utf8')) as ReplayCase,
    })),
  );
}
