import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { applicationOf } from '../../scripts/demo/projects.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { compileForm } from '../../src/procedures/compileForm.ts';
import { compileValidator } from '../../src/procedures/compileValidator.ts';

interface Check {
  (value: unknown): boolean;
  errors?: { instancePath: string; keyword: string; params: object; message?: string }[] | null;
}
interface Compiled {
  validate: Check;
  parts: Record<string, Check>;
}

const FORMS = 'forms';

describe('compileValidator', () => {
  let folder: string;
  let made = 0;
  const load = async (code: string): Promise<Compiled> => {
    const path = join(folder, `${made++}.mjs`);
    await writeFile(path, code);
    return (await import(pathToFileURL(path).href)) as Compiled;
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shubbak-validator-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('finds in every form what the server finds, and evaluates no text', async () => {
    for (const procedure of await readdir(FORMS)) {
      for (const file of await readdir(join(FORMS, procedure))) {
        if (!file.endsWith('.schema.json')) continue;
        // given
        const schema = JSON.parse(await readFile(join(FORMS, procedure, file), 'utf8')) as JsonObject;
        const onServer = compileForm(schema);

        // when
        const code = await compileValidator(schema);
        const { validate } = await load(code);

        // then
        expect(code, file).not.to.match(/new Function|\beval\(|\bimport\b/);
        for (const value of [
          {},
          { message: '' },
          { remarks: [{}] },
          { complete: false, missing: [] },
          [],
          null,
        ]) {
          expect(validate(value), `${file} ${JSON.stringify(value)}`).to.equal(onServer(value));
          expect(told(validate.errors)).to.deep.equal(told(onServer.errors));
        }
      }
    }
  });

  it('takes a whole application and points at the one field that is wrong', async () => {
    // given
    const schema = JSON.parse(
      await readFile(join(FORMS, 'building-permit-small', 'application.schema.json'), 'utf8'),
    ) as JsonObject;
    const { validate, parts } = await load(await compileValidator(schema));
    const right = applicationOf({ variant: 1, address: '1, rue', at: [-5.4, 35.2] });

    // then
    expect(validate(right)).to.equal(true);
    expect(validate({ ...right, owner: { ...right.owner, email: 'nobody' } })).to.equal(false);
    expect(told(validate.errors)).to.deep.equal(['/owner/email format']);
    expect(validate.errors?.[0]?.message).to.equal(undefined);
    expect(parts['/properties/owner/if']?.({ kind: 'company' })).to.equal(true);
    expect(parts['/properties/owner/if']?.({ kind: 'person' })).to.equal(false);
  });

  it('compiles branches that refer to definitions', async () => {
    // given
    const { parts } = await load(
      await compileValidator({
        type: 'object',
        $defs: { short: { type: 'string', maxLength: 2 }, long: { type: 'string', minLength: 3 } },
        properties: { 'a/b': { oneOf: [{ $ref: '#/$defs/short' }, { $ref: '#/$defs/long' }] } },
      }),
    );

    // then
    expect(Object.keys(parts)).to.deep.equal(['/properties/a~1b/oneOf/0', '/properties/a~1b/oneOf/1']);
    expect(parts['/properties/a~1b/oneOf/0']?.('ab')).to.equal(true);
    expect(parts['/properties/a~1b/oneOf/1']?.('ab')).to.equal(false);
  });

  it('says what is wrong with a schema', async () => {
    let refused: unknown;
    try {
      await compileValidator({ type: 'object', unknownKeyword: true });
    } catch (error) {
      refused = error;
    }
    expect(String(refused)).to.contain('unknownKeyword');
  });
});

const told = (errors: Check['errors']): string[] =>
  (errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`).sort();
