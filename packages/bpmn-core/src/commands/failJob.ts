import type { Kernel } from '../runtime/kernel.ts';
import { getWaiting } from './waiting.ts';

/** A job could not be done: an incident takes its place; boundary events stay armed. */
export function failJob(kernel: Kernel, command: { id: string; message: string }): void {
  kernel.raise(getWaiting(kernel, ['job'], command.id), 'JOB_FAILED', command.message, 'execute');
}
