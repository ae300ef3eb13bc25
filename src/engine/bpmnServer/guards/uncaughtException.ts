/**
 * Importing bpmn-server adds a process-wide listener that swallows every crash (its issue #222): whatever listeners the
 * import adds are removed again, so that a crash still ends the process.
 */
export async function importWithoutListener<Module>(load: () => Promise<Module>): Promise<Module> {
  const before = new Set(process.listeners('uncaughtException'));
  const module = await load();
  for (const listener of process.listeners('uncaughtException')) {
    if (!before.has(listener)) process.removeListener('uncaughtException', listener);
  }
  return module;
}
