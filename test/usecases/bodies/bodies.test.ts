import { expect } from 'chai';
import { changeBody } from '../../../src/usecases/bodies/changeBody.ts';
import { openBody } from '../../../src/usecases/bodies/openBody.ts';
import { listBodies, readBody } from '../../../src/usecases/bodies/readBodies.ts';
import { refusal } from '../../support/refusal.ts';
import { ADMINISTRATOR, by, type Desk, nobody, OFFICIAL, openDesk } from '../accounts/support/desk.ts';

const administrator = by(ADMINISTRATOR);
const AGENCY = {
  id: 'agency',
  kind: 'urbanAgency',
  name: { ar: 'الوكالة الحضرية', fr: 'Agence urbaine' },
  territories: ['01.151'],
} as const;

describe('bodies', () => {
  let desk: Desk;
  const input = (changes: object = {}) => ({ ...AGENCY, territories: [...AGENCY.territories], ...changes });

  beforeEach(async () => {
    desk = await openDesk();
  });

  it('are opened once and seen by everyone', async () => {
    // when
    const body = await openBody(desk, administrator, input());
    // then
    expect(body).to.deep.equal({ ...AGENCY, active: true });
    expect(await readBody(desk, nobody, { id: 'agency' })).to.deep.equal(body);
    expect(await listBodies(desk, nobody)).to.deep.equal([body]);
    await refusal(openBody(desk, administrator, input()), 'BODY_EXISTS');
    await refusal(readBody(desk, nobody, { id: 'unknown' }), 'BODY_NOT_FOUND');
    const [event] = await desk.store.events.list({}, 10);
    expect(event).to.deep.include({ type: 'BodyOpened', subject: 'agency', actor: ADMINISTRATOR.account });
  });

  it('need an identifier for addresses and territories that exist', async () => {
    await refusal(openBody(desk, administrator, input({ id: 'a b' })), 'INVALID_INPUT');
    await refusal(openBody(desk, administrator, input({ territories: [] })), 'INVALID_INPUT');
    await refusal(openBody(desk, administrator, input({ territories: ['99'] })), 'TERRITORY_NOT_FOUND');
    await openBody(desk, administrator, input({ territories: ['*'] }));
  });

  it('are changed and closed by administrators alone', async () => {
    // given
    await openBody(desk, administrator, input());
    // when
    const changed = await changeBody(desk, administrator, {
      id: 'agency',
      territories: ['01'],
      active: false,
    });
    // then
    expect(changed).to.deep.equal({ ...AGENCY, territories: ['01'], active: false });
    expect(await desk.store.bodies.find('agency')).to.deep.equal(changed);
    await refusal(
      changeBody(desk, administrator, { id: 'agency', territories: ['99'] }),
      'TERRITORY_NOT_FOUND',
    );
    await refusal(changeBody(desk, administrator, { id: 'unknown', active: true }), 'BODY_NOT_FOUND');
    await refusal(changeBody(desk, by(OFFICIAL), { id: 'agency', active: true }), 'FORBIDDEN');
    await refusal(openBody(desk, by(OFFICIAL), input({ id: 'other' })), 'FORBIDDEN');
    const types = (await desk.store.events.list({}, 10)).map(({ type }) => type);
    expect(types).to.deep.equal(['BodyOpened', 'BodyChanged']);
  });
});
