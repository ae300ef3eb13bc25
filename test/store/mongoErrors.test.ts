import { expect } from 'chai';
import mongoose from 'mongoose';
import { isUnavailable } from '../../src/store/mongoErrors.ts';

const { MongoBulkWriteError, MongoNetworkError } = mongoose.mongo;

describe('errors of the driver', () => {
  it('tell an outage, also where an insert of many wraps it', () => {
    // given what the driver makes of a connection that is lost in insertMany
    const lost = new MongoNetworkError('read ECONNRESET');
    const result = {} as ConstructorParameters<typeof MongoBulkWriteError>[1];
    const wrapped = new MongoBulkWriteError(
      lost as unknown as ConstructorParameters<typeof MongoBulkWriteError>[0],
      result,
    );
    // then
    expect(isUnavailable(lost)).to.equal(true);
    expect(isUnavailable(wrapped)).to.equal(true);
    expect(isUnavailable(new Error('read ECONNRESET'))).to.equal(false);
  });
});
