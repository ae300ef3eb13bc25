import { ModelError } from '../errors.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { Json, MessageDefinition } from '../types.ts';

/** Evaluates a correlation key (clause 8.4.2); null would match nothing, or everything, and is a fault of the data. */
export function correlationKey(
  kernel: Kernel,
  token: LiveToken | null,
  message: MessageDefinition,
): Json | undefined {
  if (message.key === null) return undefined;
  const key = message.key.evaluate(kernel.variables(token));
  if (typeof key !== 'string' && typeof key !== 'number') {
    const text = `the correlation key "${message.key.text}" of message ${message.name} is ${JSON.stringify(key)}`;
    throw new ModelError('CORRELATION_KEY_INVALID', text);
  }
  return key;
}

/** Hands a message to the host, with all that the token sees. */
export function sendMessage(kernel: Kernel, token: LiveToken, message: MessageDefinition): void {
  const key = correlationKey(kernel, token, message);
  const flowNode = token.node.id;
  const variables = kernel.variables(token);
  if (key === undefined) kernel.emit({ type: 'messageSent', flowNode, name: message.name, variables });
  else kernel.emit({ type: 'messageSent', flowNode, name: message.name, key, variables });
}
