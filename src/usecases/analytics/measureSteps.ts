import { type StepDimension, type StepMeasure, stepMeasures } from '../../analytics/steps.ts';
import { authorize } from '../../domain/access.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** How long each step takes, exactly, for those who may see measures of the territory. */
export async function measureSteps(
  core: Core,
  { actor }: RequestContext,
  input: {
    territory?: string | undefined;
    procedure?: string | undefined;
    from?: number | undefined;
    to?: number | undefined;
    by: StepDimension[];
  },
): Promise<StepMeasure[]> {
  authorize(actor, 'measures.read', { territory: input.territory ?? null });
  const { by, ...wanted } = input;
  const filter = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return stepMeasures(core.store.steps.scan(filter), core.workingTime, { by });
}
