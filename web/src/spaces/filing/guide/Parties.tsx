import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerWithTag, api, type Schema } from '../../../api/client.ts';
import { queryClient, useMe } from '../../../api/queries.ts';
import { Name } from '../../../components/Code.tsx';
import { Facts } from '../../../components/Facts.tsx';
import { Panel } from '../../../components/Panel.tsx';
import { ProblemNotice } from '../../../components/ProblemNotice.tsx';
import { dossierQuery } from '../queries.ts';
import type { Draft, DraftState } from './draft.ts';

/** Who may act on the dossier: its owner and the architect who co-signs; the owner names or changes the architect. */
export function Parties({
  detail,
  draft,
  state,
}: {
  detail: Schema<'DossierDetail'>;
  draft: Draft;
  state: DraftState;
}) {
  const { t } = useTranslation('filing');
  const me = useMe();
  const { dossier } = detail;
  const [email, setEmail] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const own = me?.id === dossier.applicant;
  const name = async () => {
    setBusy(true);
    setError(null);
    try {
      await draft.flush();
      const fresh = await queryClient.fetchQuery({ ...dossierQuery(dossier.id), staleTime: 0 });
      const { data, tag } = await answerWithTag(
        api.PUT('/dossiers/{id}/application', {
          params: { path: { id: dossier.id }, header: { 'If-Match': fresh.tag } },
          body: { architectEmail: (email ?? '').trim() },
        }),
      );
      draft.moved(data, tag);
      await queryClient.invalidateQueries({ queryKey: ['dossier', dossier.id] });
      setEmail(null);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel title={t('parties.title')}>
      <Facts
        rows={[
          [
            t('parties.owner'),
            <>
              <Name>{detail.applicantName}</Name> {own && t('parties.you')}
            </>,
          ],
          [
            t('parties.architect'),
            dossier.architect === null ? (
              t('parties.noArchitect')
            ) : (
              <>
                <Name>{detail.architectName}</Name> {me?.id === dossier.architect && t('parties.you')}
              </>
            ),
          ],
        ]}
      />
      <p>{t('parties.help')}</p>
      {error !== null && <ProblemNotice error={error} />}
      {own && email === null && (
        <Button variant="default" onClick={() => setEmail('')} disabled={state.clashes.length > 0}>
          {t(dossier.architect === null ? 'parties.name' : 'parties.change')}
        </Button>
      )}
      {email !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void name();
          }}
        >
          <TextInput
            type="email"
            dir="ltr"
            autoComplete="off"
            required
            label={t('new.architect')}
            description={t('new.architectHelp')}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Group gap="sm" mt="sm">
            <Button type="submit" loading={busy}>
              {t('common:action.save')}
            </Button>
            <Button variant="default" onClick={() => setEmail(null)}>
              {t('common:action.cancel')}
            </Button>
          </Group>
        </form>
      )}
    </Panel>
  );
}
