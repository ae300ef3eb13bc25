import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import express, { type Router } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import request from 'supertest';
import { ERRORS } from '../../src/domain/errors.ts';
import { apiRoutes } from '../../src/http/app.ts';
import { API_ROOT, loadContract, type Operation } from '../../src/http/contract.ts';
import { isErrorCode } from '../../src/http/problem.ts';
import { createTranslate } from '../../src/locales/translate.ts';
import { anApplication, TOKEN } from './support/application.ts';
import { serve } from './support/serve.ts';

const contract = loadContract();

describe('http contract', () => {
  it('documents every route of express, and express has every documented route', () => {
    // given
    const documented = contract.operations.map(({ method, template }) => `${method} ${template}`).sort();

    // when
    const routed = routesOf(apiRoutes(anApplication(), createTranslate(), '0.0.0')).sort();

    // then
    expect(routed).to.deep.equal(documented);
    expect(routed).to.have.length.greaterThan(45);
  });

  it('names each operation once and lists only codes that exist, with their status documented', () => {
    const names = contract.operations.map((operation) => operation.id);
    expect(new Set(names).size).to.equal(names.length);
    for (const { id, codes, statuses } of contract.operations) {
      for (const code of codes) {
        expect(isErrorCode(code), `${id} lists ${code}`).to.equal(true);
        expect(statuses, `${id} lists ${code}`).to.include(String(ERRORS[code as keyof typeof ERRORS]));
      }
    }
  });

  it('lists every code of the catalogue that a request can meet', () => {
    // given codes that any operation may answer, or that no request meets by itself
    const anywhere = new Set([
      'INVALID_INPUT',
      'MALFORMED_REQUEST',
      'PAYLOAD_TOO_LARGE',
      'ROUTE_NOT_FOUND',
      'METHOD_NOT_ALLOWED',
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'UNAVAILABLE',
      'INTERNAL',
    ]);
    const listed = new Set(contract.operations.flatMap((operation) => operation.codes));

    // when
    const unlisted = Object.keys(ERRORS).filter((code) => !listed.has(code) && !anywhere.has(code));

    // then
    expect(unlisted).to.deep.equal([]);
  });

  it('answers 401 without a token wherever the contract does not say public', async () => {
    // given
    const application = anApplication();
    const { app } = serve(application);

    for (const operation of contract.operations.filter(({ isPublic }) => !isPublic)) {
      // when
      const answer = await ask(app, operation);

      // then
      expect(answer.status, operation.id).to.equal(401);
      expect(answer.body.code, operation.id).to.equal('UNAUTHENTICATED');
      expect(answer.headers['www-authenticate'], operation.id).to.equal('Bearer');
    }
    expect(application.calls).to.deep.equal([]);
  });

  it('takes a token from the Authorization header only, and only a good one', async () => {
    const { app } = serve(anApplication());
    expect((await request(app).get('/api/v1/me').set('Authorization', `Bearer ${TOKEN}`)).status).to.equal(
      200,
    );
    for (const value of ['', 'Bearer', 'Bearer wrong', `Basic ${TOKEN}`, TOKEN, `Bearer ${TOKEN} x`]) {
      expect((await request(app).get('/api/v1/me').set('Authorization', value)).status, value).to.equal(401);
    }
    expect((await request(app).get(`/api/v1/me?access_token=${TOKEN}`)).status).to.equal(401);
    expect((await request(app).get('/api/v1/me').set('Cookie', `token=${TOKEN}`)).status).to.equal(401);
  });

  it('holds every address against the contract, the first time that it is asked for', async () => {
    // given
    const { app } = serve(anApplication());

    for (const operation of contract.operations) {
      // when
      const asked = ask(app, operation, '?unknown=1')
        .set('Authorization', `Bearer ${TOKEN}`)
        .set('Idempotency-Key', crypto.randomUUID())
        .set('If-Match', '"1"');
      const [type] = operation.bodyTypes;
      const answer = await (type === undefined ? asked : asked.type(type).send('{}'));

      // then
      expect(answer.body.code, `${operation.id}: ${answer.text}`).to.equal('INVALID_INPUT');
      expect(
        answer.body.errors.map(({ rule }: { rule: string }) => rule),
        operation.id,
      ).to.include('unknownParameter');
    }
  });

  it('keeps public only what the law or signing in needs', () => {
    const open = contract.operations.filter(({ isPublic }) => isPublic).map(({ id }) => id);
    expect(open.sort()).to.deep.equal([
      'activateAccount',
      'assessProject',
      'followDossier',
      'listLicences',
      'listProcedures',
      'listTerritories',
      'readDiagram',
      'readForm',
      'readFormValidator',
      'readProcedure',
      'readRootCertificate',
      'readSite',
      'readTerritory',
      'refreshSession',
      'registerAccount',
      'signIn',
      'signOut',
      'verifyAct',
      'verifyFile',
    ]);
  });

  it('is sound OpenAPI 3.1', async () => {
    // given
    const strict = { apiSpec: contract.document as never, validateApiSpec: true };
    const app = express().use(OpenApiValidator.middleware(strict));

    // when: a broken document fails every request
    const answer = await request(app).get('/api/v1/procedures');

    // then
    expect(answer.status, answer.text).to.equal(404);
    expect(answer.text).to.include('Cannot GET');
  });

  it('gives examples that its own schemas accept', () => {
    // given
    const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
    ajv.addSchema({ $id: 'openapi', ...contract.document });
    const schemas = contract.document.components.schemas as Record<string, Schema>;
    let checked = 0;

    for (const [name, schema] of Object.entries(schemas)) {
      const validate = ajv.getSchema(`openapi#/components/schemas/${name}`);
      for (const example of schema.examples ?? []) {
        // when
        const isValid = validate?.(example);

        // then
        expect(isValid, `${name}: ${JSON.stringify(example)} ${ajv.errorsText(validate?.errors)}`).to.equal(
          true,
        );
        checked += 1;
      }
    }
    expect(checked).to.be.greaterThan(25);
  });

  it('bounds every object, array and text that comes in', () => {
    const unbounded: string[] = [];
    const schemas = contract.document.components.schemas as Record<string, Schema>;
    const inbound = new Set<string>();
    const collect = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === '$ref' && typeof value === 'string') {
          const name = value.split('/').at(-1) ?? '';
          if (value.includes('/schemas/') && !inbound.has(name)) {
            inbound.add(name);
            collect(schemas[name]);
          }
        } else collect(value);
      }
    };
    for (const item of Object.values(contract.document.paths)) {
      for (const operation of Object.values(item)) {
        if (!Array.isArray(operation)) collect([operation.requestBody, operation.parameters]);
      }
    }
    collect(contract.document.components.parameters);
    const walk = (name: string, schema: Schema | undefined): void => {
      if (schema === undefined) return;
      const types = [schema.type].flat();
      if (types.includes('object') && schema.additionalProperties === undefined) unbounded.push(name);
      if (types.includes('array') && schema.maxItems === undefined) unbounded.push(name);
      const isText = types.includes('string') && schema.enum === undefined;
      if (
        isText &&
        schema.maxLength === undefined &&
        !/\{\d+(,\d+)?\}\$$|\)\?"\$$/.test(schema.pattern ?? '')
      ) {
        unbounded.push(name);
      }
      for (const [key, child] of Object.entries(schema.properties ?? {})) walk(`${name}.${key}`, child);
      walk(`${name}[]`, schema.items);
    };
    for (const name of inbound) walk(name, schemas[name]);
    expect(inbound.size).to.be.greaterThan(25);
    expect(unbounded).to.deep.equal([]);
  });
});

interface Schema {
  type?: string | string[];
  additionalProperties?: unknown;
  maxItems?: number;
  maxLength?: number;
  pattern?: string;
  enum?: unknown[];
  examples?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

function ask(app: Parameters<typeof request>[0], { method, template }: Operation, query = '') {
  const address = `${API_ROOT}${template.replace(/\{[^}]+\}/g, 'x1')}${query}`;
  const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  return request(app)[verb](address);
}

/** Every `METHOD /template` that a router knows, as OpenAPI writes it. */
function routesOf(router: Router): string[] {
  return router.stack.flatMap((layer) => {
    if (layer.route) {
      const { path, stack } = layer.route;
      const template = path.replace(/:(\w+)/g, '{$1}');
      return stack.map(({ method }) => `${method.toUpperCase()} ${template}`);
    }
    const nested = (layer.handle as unknown as Partial<Router>).stack;
    return nested === undefined ? [] : routesOf(layer.handle as unknown as Router);
  });
}
