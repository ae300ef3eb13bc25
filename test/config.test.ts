import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { ConfigError, readConfig } from '../src/config.ts';

describe('configuration', () => {
  it('starts without any variable', () => {
    const config = readConfig({});
    expect(config).to.include({ port: 3000, engine: 'bpmn-core', clock: 'real', mongodbUri: null });
    expect(Object.isFrozen(config)).to.equal(true);
  });

  const refused: [string, string][] = [
    ['PORT', '70000'],
    ['PORT', 'eighty'],
    ['ENGINE', 'bpmn'],
    ['CLOCK', 'fast'],
    ['CLOCK_START', 'tomorrow'],
    ['MONGODB_URI', 'http://somewhere'],
    ['PUBLIC_URL', 'ftp://somewhere'],
    ['SMTP_URL', 'mail'],
    ['TOKEN_SECRET', 'short'],
    ['KEYS_PASSPHRASE', 'short'],
    ['TRUST_PROXY', '-1'],
    ['STORE_PORT', '70000'],
    ['STORE_SECRET', 'short'],
  ];
  for (const [variable, value] of refused) {
    it(`names ${variable} and the rule when it is ${value}`, () => {
      expect(() => readConfig({ [variable]: value })).to.throw(ConfigError, variable);
    });
  }

  it('takes a replica set whose hosts have ports', () => {
    const mongodbUri = 'mongodb://user:password@db1:27017,db2:27018/shubbak?replicaSet=rs0';
    expect(readConfig({ MONGODB_URI: mongodbUri }).mongodbUri).to.equal(mongodbUri);
  });

  it('never repeats a secret in its refusal', () => {
    expect(() => readConfig({ TOKEN_SECRET: 'hunter2' }))
      .to.throw()
      .and.not.match(/hunter2/);
    const uri = 'mongo://user:hunter2@host/db';
    expect(() => readConfig({ MONGODB_URI: uri }))
      .to.throw()
      .and.not.match(/hunter2/);
  });

  it('finds every variable it reads explained in .env.example, and nothing else there', async () => {
    const read = new Set<string>();
    readConfig(
      new Proxy({} as Record<string, string>, {
        get: (_target, name) => {
          read.add(String(name));
          return undefined;
        },
      }),
    );
    const text = await readFile(new URL('../.env.example', import.meta.url), 'utf8');
    const explained = [...text.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    expect([...read].sort()).to.deep.equal(explained.sort());
  });
});
