import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** What is used of the driver's own connection, which it does not export. */
interface DriverConnection {
  readonly closed: boolean;
  readonly socket: Socket;
  cleanup(error: Error): void;
}

let isMended = false;

/**
 * Lets a command fail whose connection closes while it is being written. The driver (mongodb 7.8) writes, and when the
 * socket does not take it at once waits for the socket to drain or to fail; a socket that is closing already does neither, so
 * a command that meets it in that moment would never be answered, nor would whoever asked for it. Told of the same fault as
 * the connection, it is sent again by the driver, or fails as any command whose server went away.
 * @throws Error when the driver is not built as is expected here
 */
export function endBrokenWrites(): void {
  if (isMended) return;
  // The driver that mongoose brings, which need not be the only one that is installed.
  const fromMongoose = createRequire(createRequire(import.meta.url).resolve('mongoose'));
  const { Connection } = fromMongoose('mongodb/lib/cmap/connection.js') as {
    Connection?: { prototype: DriverConnection };
  };
  const cleanup = Connection?.prototype.cleanup;
  if (Connection === undefined || cleanup === undefined)
    throw new Error('the driver of MongoDB closes its connections in another way than is known here');
  Connection.prototype.cleanup = function (error) {
    const wasOpen = !this.closed;
    cleanup.call(this, error);
    if (wasOpen && this.socket.listenerCount('drain') > 0) this.socket.emit('error', error);
  };
  isMended = true;
}
