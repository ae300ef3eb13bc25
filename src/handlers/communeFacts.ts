import type { CommuneFacts } from '../procedures/ruleFacts.ts';
import type { Core } from '../usecases/dependencies.ts';

/** What the decision tables may know of a commune. */
export function communeFacts({ territories }: Pick<Core, 'territories'>, code: string): CommuneFacts {
  const { kind, setting, population } = territories.get(code);
  return { code, kind, setting, population, populationClass: territories.populationClass(code) };
}
