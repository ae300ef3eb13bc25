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

  it('tell an outage where the driver passes on what the socket said', () => {
    // given what Node throws for a write to a connection that was ended, and for one that breaks while it drains
    const ended = Object.assign(new Error('This socket has been ended by the other party'), {
      code: 'EPIPE',
    });
    const broke = Object.assign(new Error('write ECONNRESET'), { code: 'ECONNRESET', syscall: 'write' });
    const aborted = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    // then
    expect(isUnavailable(ended)).to.equal(true);
    expect(isUnavailable(broke)).to.equal(true);
    expect(isUnavailable(aborted), 'a client that went away').to.equal(false);
  });
});
