import type { JsonObject, LocalizedText } from '../../domain/json.ts';
import { communeFacts } from '../../handlers/communeFacts.ts';
import { type Assessment, assess } from '../../procedures/assess.ts';
import { formErrors } from '../../procedures/formErrors.ts';
import { timeLimitOn } from '../../procedures/timeLimitOn.ts';
import type { TimeLimitProfile } from '../../procedures/types.ts';
import type { Core } from '../dependencies.ts';
import { requireCommune } from '../dossiers/startDraft.ts';
import { invalidInput } from '../invalidInput.ts';

/** What a project would be asked for, what it would cost and how long it would take. */
export interface ProjectAssessment extends Assessment {
  procedure: string;
  version: string;
  /** The statutory total for a filing made today. */
  timeLimit: TimeLimitProfile | null;
  silenceIsApproval: boolean;
  legalBasis: { article: string; text: LocalizedText }[];
  /** Whether the commune's registry office and president work here. */
  served: boolean;
  /** Whether a tax is due under this procedure at all. */
  taxed: boolean;
}

/**
 * Assesses a project before anybody signs in: answers are read, used and forgotten.
 * @throws DomainError PROCEDURE_NOT_FOUND, PROCEDURE_NOT_IN_FORCE, TERRITORY_NOT_FOUND, INVALID_INPUT for an answer of a wrong kind
 */
export async function assessProject(
  core: Core,
  _context: unknown,
  input: { id: string; commune: string; application: JsonObject },
): Promise<ProjectAssessment> {
  requireCommune(core, input.commune);
  const version = await core.catalog.inForce(input.id, core.clock.now());
  const { settings } = version;
  const wrong = formErrors(version, settings.forms.application, input.application);
  // What is not answered yet is no fault.
  invalidInput(
    wrong
      .filter(({ rule }) => rule !== 'required')
      .map((error) => ({ ...error, field: `/application${error.field}` })),
  );
  const today = core.workingTime(input.commune).localDateOf(core.clock.now());
  const office = await Promise.all(
    (['registryOfficer', 'president'] as const).map((role) =>
      core.store.accounts.holders(role, input.commune),
    ),
  );
  return {
    ...assess(version, input.application, communeFacts(core, input.commune)),
    procedure: version.id,
    version: version.hash,
    timeLimit: timeLimitOn(settings, today),
    silenceIsApproval: settings.silenceIsApproval,
    legalBasis: settings.legalBasis,
    taxed: settings.decisions.tax !== undefined,
    served: office.every((holders) => holders.length > 0),
  };
}
