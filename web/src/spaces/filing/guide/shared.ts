import type { Schema } from '../../../api/client.ts';
import type { Form } from '../../../forms/layout.ts';
import type { Draft, DraftState } from './draft.ts';
import type { Step } from './steps.ts';

/** What every page of the guide works with. */
export interface GuidePage {
  id: string;
  form: Form;
  procedure: string;
  version: string;
  draft: Draft;
  state: DraftState;
  steps: Step[];
  detail: Schema<'DossierDetail'>;
}
