import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import pino from 'pino';
import { Person } from '../../scripts/demo/client.ts';
import { readConfig } from '../../src/config.ts';
import { type Shubbak, startShubbak } from '../../src/main.ts';
import { refusal } from '../support/office.ts';

const PASSWORD = 'a-password-of-the-first-one';

interface Site {
  setup: string;
  demonstration: { accounts: { role: string; email: string; password: string }[] } | null;
}

/** A node on a store that nobody has touched, and its first administrator signed in. */
async function newOffice(): Promise<{
  node: Shubbak;
  base: string;
  administrator: Person;
  site(): Promise<Site>;
  close(): Promise<void>;
}> {
  const directory = await mkdtemp(join(tmpdir(), 'shubbak-first-'));
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: join(directory, 'data'),
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'http://shubbak.invalid',
  });
  const node = await startShubbak(config, pino({ level: 'silent' }), (reason) => {
    throw new Error(reason);
  });
  const base = `http://127.0.0.1:${node.port}`;
  const answer = await fetch(`${base}/api/v1/accounts/activation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: node.administrator?.secret, password: PASSWORD }),
  });
  const { email } = (await answer.json()) as { email: string };
  return {
    node,
    base,
    administrator: new Person(base, [], email, PASSWORD),
    site: async () => (await (await fetch(`${base}/api/v1/site`)).json()) as Site,
    async close() {
      await node.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

describe('the first start', function () {
  this.timeout(600_000);

  it('opens a demonstration once, marks it, and its accounts do their part', async () => {
    // given
    const office = await newOffice();
    try {
      expect(await office.site()).to.deep.include({ setup: 'needed', demonstration: null });

      // when two ask at once, and again
      await Promise.all([
        office.administrator.post('/setup', { office: 'demonstration' }),
        office.administrator.post('/setup', { office: 'demonstration' }),
      ]);
      await office.administrator.post('/setup', { office: 'demonstration' });

      // then
      const site = await office.site();
      expect(site.setup).to.equal('done');
      const accounts = site.demonstration?.accounts ?? [];
      const person = (email: string) => new Person(office.base, [], email, accounts[0]?.password ?? '');
      for (const { email, role } of accounts) {
        const me = await person(email).get<{ grants: { role: string }[] }>('/me');
        expect(
          me.grants.map((grant) => grant.role),
          email,
        ).to.include(role);
      }
      const president = person('president@shubbak.invalid');
      const dossiers = await president.get<{ items: { status: string; number: string }[] }>(
        '/dossiers?limit=50',
      );
      expect(dossiers.items.map(({ status }) => status).sort()).to.deep.equal([
        'delivered',
        ...Array.from({ length: 7 }, () => 'underStudy'),
      ]);
      const waiting: [string, string][] = [
        ['president', 'Decide'],
        ['president', 'SignLicence'],
        ['treasurer', 'RecordPayment'],
        ['registry', 'CheckCompleteness'],
        ['member.agency', 'ReviewByUrbanAgency'],
        ['secretary', 'DrawUpMinutes'],
        ['applicant', 'AnswerComplement'],
      ];
      for (const [who, flowNode] of waiting) {
        const { items } = await person(`${who}@shubbak.invalid`).get<{ items: unknown[] }>(
          `/tasks?scope=all&flowNode=${flowNode}`,
        );
        expect(items, `${who} ${flowNode}`).to.have.length(1);
      }
      const refused = await refusal(office.administrator.post('/setup', { office: 'empty' }));
      expect([refused.status, refused.code]).to.deep.equal([409, 'OFFICE_ALREADY_SET_UP']);
    } finally {
      await office.close();
    }
  });

  it('leaves an empty office empty, and never turns a real one into a demonstration', async () => {
    // given
    const office = await newOffice();
    try {
      // when
      await office.administrator.post('/bodies', {
        id: 'agency',
        kind: 'urbanAgency',
        name: { ar: 'الوكالة', fr: 'Agence' },
        territories: ['01.151'],
      });

      // then
      expect(await office.site()).to.deep.include({ setup: 'done', demonstration: null });
      const refused = await refusal(office.administrator.post('/setup', { office: 'demonstration' }));
      expect(refused.code).to.equal('OFFICE_ALREADY_SET_UP');
      const stranger = await fetch(`${office.base}/api/v1/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ office: 'empty' }),
      });
      expect(stranger.status).to.equal(401);
    } finally {
      await office.close();
    }
  });
});
