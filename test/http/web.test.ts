import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import request from 'supertest';
import { anApplication } from './support/application.ts';
import { serve } from './support/serve.ts';

const BROWSER = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8';

describe('http pages of the window', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'shubbak-web-'));
    mkdirSync(join(folder, 'app'));
    writeFileSync(
      join(folder, 'index.html'),
      '<meta content="__NONCE__"><link nonce="__NONCE__"><script src="/app/a.js"></script>',
    );
    writeFileSync(join(folder, 'app', 'a.js'), `export const padding = '${'x'.repeat(4000)}';`);
    writeFileSync(join(folder, 'boot.js'), '1;');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  let served: ReturnType<typeof serve> | null = null;
  const app = () => {
    served ??= serve(anApplication(), { webDir: folder });
    return served.app;
  };

  it('answer every address of a page with the page, under a policy that runs our scripts only', async () => {
    for (const address of [
      '/',
      '/inbox',
      '/dossiers/01JD8Z0V4C6Q5R7T9X2B3N4M5K',
      '/sign-in?to=/inbox',
      '/registry/registers/incoming',
    ]) {
      // when
      const answer = await request(app()).get(address).set('Accept', BROWSER);

      // then
      expect(answer.status, address).to.equal(200);
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).to.include("default-src 'none'").and.to.include("script-src 'self';");
      expect(policy).not.to.include('unsafe-eval');
      expect(/script-src[^;]*unsafe-inline/.test(policy)).to.equal(false);
      expect(answer.headers['cache-control']).to.equal('no-store');
    }
  });

  it('give every answer a nonce of its own, the same in page and policy', async () => {
    const nonces = new Set<string>();
    for (let time = 0; time < 3; time++) {
      const answer = await request(app()).get('/').set('Accept', BROWSER);
      const nonce = /meta content="([^"]+)"/.exec(answer.text)?.[1] ?? '';
      expect(answer.text).not.to.include('__NONCE__');
      expect(String(answer.headers['content-security-policy'])).to.include(`'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).to.equal(3);
  });

  it('say that nothing is at other addresses, with the status of that', async () => {
    for (const address of [
      '/nothing',
      '/wp-login.php',
      '/dossiers/../etc/passwd',
      '/app/missing.js',
      '/inbox.json',
    ]) {
      const answer = await request(app()).get(address).set('Accept', BROWSER);
      expect(answer.status, address).to.equal(404);
    }
  });

  it('let browsers keep what is named by its content for a year, compressed, and nothing else', async () => {
    const script = await request(app()).get('/app/a.js').set('Accept-Encoding', 'gzip');
    expect(script.headers['cache-control']).to.include('immutable').and.to.include('max-age=31536000');
    expect(script.headers['content-encoding']).to.equal('gzip');
    expect((await request(app()).get('/boot.js')).headers['cache-control']).to.equal('no-cache');
  });

  it('know every first word that the window’s own routes use', () => {
    // given the addresses that the spaces declare
    const server = readFileSync(new URL('../../src/http/routes/web.ts', import.meta.url), 'utf8');
    const known = new Set([...server.matchAll(/^ {2}'([a-z-]+)',$/gm)].map(([, word]) => word));

    // then
    for (const path of declaredPaths()) {
      const first = path.split('/')[0] ?? '';
      if (first !== '' && !first.startsWith(':')) expect(known.has(first), path).to.equal(true);
    }
  });
});

function declaredPaths(): string[] {
  const spaces = new URL('../../web/src/spaces/', import.meta.url);
  return readdirSync(spaces).flatMap((space) => {
    const file = new URL(`${space}/space.tsx`, spaces);
    if (!existsSync(file)) return [];
    return [...readFileSync(file, 'utf8').matchAll(/path: '\/?([^']+)'/g)].map(([, path]) => path ?? '');
  });
}
