import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../app/language.ts';
import { AnswerText } from '../../../forms/Answers.tsx';
import { type Form, fieldOf, labelOf, pointerOf, textsOf } from '../../../forms/layout.ts';
import classes from '../filing.module.css';
import { Callout } from './Callout.tsx';
import type { Draft, DraftState } from './draft.ts';
import { withValue } from './merge.ts';

/** Two windows have filled in the same place differently: shows both, and lets the person choose. */
export function Clashes({ form, draft, state }: { form: Form; draft: Draft; state: DraftState }) {
  const { t, i18n } = useTranslation('filing');
  const texts = textsOf(form, i18n.language as Language);
  const [choices, setChoices] = useState<Record<string, string>>({});
  return (
    <Callout tone="near" role="alert" title={t('clash.title', { count: state.clashes.length })}>
      <p>{t('clash.help')}</p>
      {state.clashes.map(({ path, mine, theirs }) => {
        const pointer = pointerOf(path);
        const name = path.map((_, depth) => labelOf(texts, fieldOf(path.slice(0, depth + 1)))).join(' › ');
        return (
          <Radio.Group
            key={pointer}
            className={classes.clash}
            label={name}
            value={choices[pointer] ?? 'mine'}
            onChange={(choice) => setChoices({ ...choices, [pointer]: choice })}
          >
            <div className={classes.choice}>
              <Radio
                value="mine"
                label={
                  <>
                    {t('clash.mine')} <AnswerText form={form} path={path} value={mine} />
                  </>
                }
              />
              <Radio
                value="theirs"
                label={
                  <>
                    {t('clash.theirs')} <AnswerText form={form} path={path} value={theirs} />
                  </>
                }
              />
            </div>
          </Radio.Group>
        );
      })}
      <Button
        mt="md"
        onClick={() =>
          draft.resolve(
            state.clashes.reduce(
              (application, { path, theirs }) =>
                choices[pointerOf(path)] === 'theirs' ? withValue(application, path, theirs) : application,
              state.application,
            ),
          )
        }
      >
        {t('clash.keep')}
      </Button>
    </Callout>
  );
}
