import { type StepDimension, type StepMeasure, stepMeasures } from '../../analytics/steps.ts';
import { authorize } from '../../domain/access.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** Which steps are measured; what is left out does not narrow. */
export interface StepsWanted {
  territory?: string | undefined;
  procedure?: string | undefined;
  version?: string | undefined;
  flowNode?: string | undefined;
  body?: string | undefined;
  /** Those that began at or after this instant, and before that one. */
  from?: number | undefined;
  to?: number | undefined;
}

/** How long each step takes, exactly, for those who may see measures of the territory. */
export async function measureSteps(
  core: Core,
  { actor }: RequestContext,
  input: StepsWanted & { by: StepDimension[] },
): Promise<StepMeasure[]> {
  authorize(actor, 'measures.read', { territory: input.territory ?? null });
  const { by, ...wanted } = input;
  const filter = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return stepMeasures(core.store.steps.scan(filter), core.workingTime, { by });
}
