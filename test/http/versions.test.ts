import { expect } from 'chai';
import request from 'supertest';
import { anApplication, TOKEN } from './support/application.ts';
import { aTask } from './support/records.ts';
import { serve } from './support/serve.ts';

describe('http versions', () => {
  const application = anApplication();
  const { app } = serve(application);
  const get = (path: string) => request(app).get(`/api/v1${path}`).set('Authorization', `Bearer ${TOKEN}`);
  const put = () =>
    request(app).put('/api/v1/dossiers/d/application').set('Authorization', `Bearer ${TOKEN}`);

  it('spares an answer that the reader has already', async () => {
    for (const path of ['/dossiers/d', '/tasks/t', '/me', '/documents/d/content']) {
      // given
      const { etag } = (await get(path)).headers;

      // when
      const same = await get(path).set('If-None-Match', `"x", W/${etag}`);
      const other = await get(path).set('If-None-Match', '"x"');

      // then
      expect(same.status, path).to.equal(304);
      expect(same.text ?? '', path).to.equal('');
      expect(same.headers.etag, path).to.equal(etag);
      expect(other.status, path).to.equal(200);
    }
  });

  it('never hides a change beside the dossier: another task, same version', async () => {
    // given
    const { etag } = (await get('/dossiers/d')).headers;
    const read = application.dossiers.read;
    application.dossiers.read = async (context, input) => ({
      ...(await read(context, input)),
      tasks: [aTask({ assignee: 'account-7', version: 2 })],
    });

    // when
    const answer = await get('/dossiers/d').set('If-None-Match', etag ?? '');
    application.dossiers.read = read;

    // then
    expect(answer.status).to.equal(200);
    expect(etag).to.match(/^"3-/);
  });

  it('hands the version of If-Match over, with or without the digest', async () => {
    // when
    await put().set('If-Match', '"7"').send({ application: {} });
    await put().set('If-Match', '"8-AbC_-1"').send({ application: {} });

    // then
    const versions = application.calls
      .filter(({ name }) => name === 'dossiers.changeDraft')
      .map(({ input }) => (input as { ifVersion: number }).ifVersion);
    expect(versions).to.deep.equal([7, 8]);
  });

  it('asks for If-Match where a change could overwrite, and refuses what is no version', async () => {
    const none = await put().send({ application: {} });
    expect([none.status, none.body.code]).to.deep.equal([428, 'PRECONDITION_REQUIRED']);
    for (const tag of ['7', '*', 'W/"7"', '"x"', '"7", "8"']) {
      const answer = await put().set('If-Match', tag).send({ application: {} });
      expect([answer.status, answer.body.errors?.[0]?.field], tag).to.deep.equal([422, 'header/if-match']);
    }
  });
});
