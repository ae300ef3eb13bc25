import type { DecisionChoice } from './decision.ts';
import { DomainError } from './errors.ts';
import type { Opinion } from './opinion.ts';

/**
 * What the opinions of a round allow the president to choose. Refusing and asking for modifications are always open;
 * releasing needs the favourable word of every binding body: without it there is no permit (RGC 35), and its reserves
 * are lifted before release (RGC 38).
 * @throws DomainError BINDING_OPINION_MISSING, BINDING_OPINION_UNFAVOURABLE, RESERVES_NOT_LIFTED, NO_RESERVES
 */
export function checkDecision(
  choice: DecisionChoice,
  opinions: Pick<Opinion, 'body' | 'value' | 'remarks'>[],
  bindingBodies: string[],
): void {
  if (choice === 'refuse' || choice === 'modify') return;
  if (bindingBodies.length === 0) throw new DomainError('BINDING_OPINION_MISSING', { body: null });
  for (const body of bindingBodies) {
    const opinion = opinions.find((one) => one.body === body);
    if (opinion === undefined || opinion.value === 'notConcerned') {
      throw new DomainError('BINDING_OPINION_MISSING', { body });
    }
    if (opinion.value === 'unfavourable') throw new DomainError('BINDING_OPINION_UNFAVOURABLE', { body });
    if (choice === 'deliver' && opinion.value === 'favourableWithReserves') {
      throw new DomainError('RESERVES_NOT_LIFTED', { body });
    }
  }
  const reserves = opinions.some((opinion) => opinion.value === 'favourableWithReserves');
  if (choice === 'liftReserves' && !reserves) throw new DomainError('NO_RESERVES');
}
