import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StatePill, type Tone } from '../../../components/StatePill.tsx';
import type { FormSchema } from '../../../forms/layout.ts';
import { NO_RULES, rulesQuery } from '../../../forms/validation.ts';
import classes from '../filing.module.css';
import { needsQuery } from '../queries.ts';
import { Parties } from './Parties.tsx';
import { type Progress, progressOf } from './progress.ts';
import { SizeNotice } from './SizeNotice.tsx';
import type { GuidePage } from './shared.ts';

const TONES: Record<Progress, Tone> = { done: 'good', begun: 'near', empty: 'plain', optional: 'plain' };

/** The task list of a draft: what is done, what remains, and where to go on. */
export function Overview({ id, form, procedure, version, state, steps, detail, draft }: GuidePage) {
  const { t } = useTranslation('filing');
  const schema = form.schema as FormSchema;
  const { data: rules = NO_RULES } = useQuery(rulesQuery(procedure, form.id, version, schema));
  const { data: needs } = useQuery(needsQuery(id, state.version));
  const wanted = needs?.pieces.filter(({ needed, kind }) => needed === true && kind === 'principal') ?? [];
  const there = wanted.filter(({ present }) => present).length;
  const rows = steps.map((step) => {
    if (step.id === 'check') return { step, tone: 'plain' as Tone, word: '' };
    if (step.id === 'pieces') {
      const whole = wanted.length > 0 && there === wanted.length;
      return {
        step,
        tone: (whole ? 'good' : there > 0 ? 'near' : 'plain') as Tone,
        word: whole ? t('progress.done') : t('pieces.count', { count: wanted.length, there }),
      };
    }
    const progress = progressOf(rules, schema, state.application, step.section);
    return { step, tone: TONES[progress], word: t(`progress.${progress}`) };
  });
  const first = rows.find(({ tone, step }) => step.id === 'check' || tone === 'near' || tone === 'plain');
  const goOn =
    rows.find(
      ({ step, word }) =>
        step.id !== 'check' && word !== t('progress.done') && word !== t('progress.optional'),
    ) ?? first;
  return (
    <>
      <SizeNotice needs={needs} />
      <ol className={classes.tasks}>
        {rows.map(({ step, tone, word }) => (
          <li key={step.id}>
            <Link to={`/my/dossiers/${id}/edit/${step.id}`}>{step.title}</Link>
            {word !== '' && <StatePill tone={tone}>{word}</StatePill>}
          </li>
        ))}
      </ol>
      <p>
        <Button component={Link} to={`/my/dossiers/${id}/edit/${goOn?.step.id ?? 'check'}`}>
          {t('guide.goOn')}
        </Button>
      </p>
      <Parties detail={detail} draft={draft} state={state} />
    </>
  );
}
