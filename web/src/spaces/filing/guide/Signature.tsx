import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, answerWithTag, api, onceKey, type Schema } from '../../../api/client.ts';
import { queryClient, useMe } from '../../../api/queries.ts';
import { Name } from '../../../components/Code.tsx';
import { Moment } from '../../../components/Moment.tsx';
import { Panel } from '../../../components/Panel.tsx';
import { PasswordAgain } from '../../../components/PasswordAgain.tsx';
import { StatePill } from '../../../components/StatePill.tsx';
import type { Draft } from './draft.ts';

/** The architect's signature over the application and its plans: what is signed, by whom, and the architect's own button. */
export function Signature({
  detail,
  signature,
  draft,
}: {
  detail: Schema<'DossierDetail'>;
  signature: Schema<'DossierNeeds'>['signature'];
  draft: Draft;
}) {
  const { t } = useTranslation('filing');
  const me = useMe();
  const { dossier } = detail;
  const [asking, setAsking] = useState(false);
  const [key, setKey] = useState(onceKey);
  const mine = me !== null && me.id === dossier.architect;
  if (!signature.needed) return null;
  const sign = async (password: string) => {
    await draft.flush();
    const { confirmation } = await answer(api.POST('/sessions/confirmation', { body: { password } }));
    const { data, tag } = await answerWithTag(
      api.POST('/dossiers/{id}/architect-signature', {
        params: {
          path: { id: dossier.id },
          header: { 'Idempotency-Key': key, 'Signature-Confirmation': confirmation },
        },
      }),
    );
    draft.moved(data, tag);
    setKey(onceKey());
    setAsking(false);
    await queryClient.invalidateQueries({ queryKey: ['dossier', dossier.id] });
  };
  return (
    <Panel title={t('signature.title')}>
      {signature.done ? (
        <p>
          <StatePill tone="good">{t('signature.done')}</StatePill> <Name>{detail.architectName}</Name>
          {signature.at !== null && (
            <>
              {' · '}
              <Moment at={signature.at} as="time" />
            </>
          )}
        </p>
      ) : (
        <>
          <p>
            <StatePill tone="paused">{t('signature.waits')}</StatePill>
          </p>
          <p>
            {dossier.architect === null
              ? t('signature.nobody')
              : mine
                ? t('signature.yours')
                : t('signature.theirs', { name: `\u2068${detail.architectName ?? ''}\u2069` })}
          </p>
          {mine && <Button onClick={() => setAsking(true)}>{t('signature.sign')}</Button>}
        </>
      )}
      <PasswordAgain
        opened={asking}
        title={t('signature.sign')}
        action={t('signature.sign')}
        onPassword={sign}
        onClose={() => setAsking(false)}
      >
        <p>{t('signature.what')}</p>
      </PasswordAgain>
    </Panel>
  );
}
