import { expect } from 'chai';
import { createIndexes, missingIndexes } from '../../src/store/indexes.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('indexes of an earlier version', (open) => {
  it('are dropped when nothing is looked up by them, or when they hold more than is wanted', async () => {
    // given
    const { connection } = await open();
    const events = connection.collection('events');
    const tasks = connection.collection('tasks');
    await events.dropIndex('events.type_1_seq_1');
    await events.createIndex({ 'events.type': 1, seq: 1 });
    await events.createIndex({ type: 1, seq: 1 }, { partialFilterExpression: { type: 'JobRequested' } });
    await events.createIndex({ territoryPath: 1, seq: 1 });
    await tasks.createIndex({ instance: 1, status: 1 });
    await tasks.createIndex({ form: 1 }, { name: 'of-the-operator' });
    // when
    await createIndexes(connection);
    // then
    const all = [...(await events.indexes()), ...(await tasks.indexes())];
    const names = all.map(({ name }) => name);
    for (const gone of ['territoryPath_1_seq_1', 'type_1_seq_1', 'instance_1_status_1'])
      expect(names).not.to.include(gone);
    expect(names).to.include('of-the-operator');
    expect(all.find(({ name }) => name === 'events.type_1_seq_1')?.partialFilterExpression).to.deep.equal({
      'events.type': 'JobRequested',
    });
    expect(await missingIndexes(connection)).to.deep.equal([]);
  });
});
