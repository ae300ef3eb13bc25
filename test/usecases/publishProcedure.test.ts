import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { DomainError } from '../../src/domain/errors.ts';
import { SYSTEM } from '../../src/domain/party.ts';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import { RefusedDefinition } from '../../src/engine/interpreter.ts';
import { readProcedure } from '../../src/procedures/readProcedure.ts';
import type { ProcedureSource } from '../../src/procedures/types.ts';
import { publishProcedure } from '../../src/usecases/procedures/publishProcedure.ts';
import { openTestStore, type TestStore } from '../support/testStore.ts';

const folder = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const interpreter = bpmnCore();
const check = async (xml: string) => {
  try {
    await interpreter.compile(xml, 'test');
    return [];
  } catch (error) {
    if (error instanceof RefusedDefinition) return error.refusals;
    throw error;
  }
};

describe('publishing a procedure', () => {
  let store: TestStore;
  let source: ProcedureSource;
  const publish = (one: ProcedureSource) =>
    publishProcedure({ store, clock: { now: () => 1_767_600_000_000 } }, check, SYSTEM, one, 'tried');

  before(async () => {
    store = await openTestStore();
    source = await readProcedure(
      { processes: folder('processes'), forms: folder('forms') },
      'building-permit-small',
    );
  });

  it('keeps a version under the hash of its content, once', async () => {
    const first = await publish(source);
    const again = await publish(source);
    expect(again.hash).to.equal(first.hash);
    expect(await store.procedures.versions()).to.have.length(1);
    expect(await store.events.list({ types: ['ProcedurePublished'] }, 10)).to.have.length(1);
    expect((await store.procedures.inForce(source.id, '2026-01-05'))?.hash).to.equal(first.hash);
    expect(await store.procedures.inForce(source.id, '2020-01-05')).to.equal(null);
  });

  it('makes another version of a changed diagram, and leaves the first as it was', async () => {
    const changed = { ...source, diagram: source.diagram.replace('name="Décider"', 'name="Trancher"') };
    expect(changed.diagram).to.not.equal(source.diagram);
    const second = await publish(changed);
    expect(await store.procedures.versions(source.id)).to.have.length(2);
    expect((await store.procedures.find(second.hash))?.names.Decide?.fr).to.equal('Trancher');
  });

  it('refuses what the engine does not run, naming the element, in three languages', async () => {
    // given: code in a diagram
    const scripted = source.diagram
      .replace('<bpmn:serviceTask id="ComputeTax"', '<bpmn:scriptTask id="ComputeTax"')
      .replace(/(<bpmn:scriptTask id="ComputeTax"[\s\S]*?)<\/bpmn:serviceTask>/, '$1</bpmn:scriptTask>');
    // when
    const refusal = await publish({ ...source, diagram: scripted }).catch((error: unknown) => error);
    // then
    expect(refusal).to.be.instanceOf(DomainError).with.property('code', 'PROCEDURE_REFUSED');
    const { problems } = (refusal as DomainError).details as unknown as {
      problems: { element: string; rule: string; message: Record<string, string> }[];
    };
    const [problem] = problems.filter((one) => one.element === 'ComputeTax');
    expect(Object.keys(problem?.message ?? {})).to.have.members(['ar', 'fr', 'en']);
    expect(await store.procedures.versions(source.id)).to.have.length(2);
  });
});
