import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

const SCRIPT = `
  import { createRequire } from 'node:module';
  const { cache } = createRequire(process.cwd() + '/');
  const isLoaded = () => Object.keys(cache).some((path) => path.includes('/node_modules/bpmn-server/'));
  const { bpmnServer } = await import('./src/engine/bpmnServer/bpmnServer.ts');
  const before = isLoaded();
  await bpmnServer();
  console.log(JSON.stringify([before, isLoaded(), process.listenerCount('uncaughtException')]));
  setTimeout(() => { throw new Error('crashed as it should'); }, 1);
`;

describe('bpmn-server, guard uncaughtException', () => {
  it('loads the package only when it is asked for, and lets a crash end the process', () => {
    // when
    const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SCRIPT], {
      encoding: 'utf8',
    });

    // then
    expect(child.stdout.trim()).to.equal('[false,true,0]');
    expect(child.stderr).to.include('crashed as it should');
    expect(child.status).to.not.equal(0);
  }).timeout(20_000);
});
