import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schema, saveFile } from '../../api/client.ts';
import { money } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { Name } from '../../components/Code.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Moment } from '../../components/Moment.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PlanViewer } from '../../viewer/PlanViewer.tsx';
import { Opinions } from '../committee/Opinions.tsx';
import { documentsQuery, procedureQuery } from '../tasks/queries.ts';
import classes from './President.module.css';

/** All that a president sees of a dossier before deciding or signing: the committee's word, the minutes, the tax, the papers. */
export function Case({ dossier, version }: { dossier: Schema<'DossierDetail'>; version: string }) {
  const { t } = useTranslation(['president', 'committee', 'common']);
  const { id, procedure, minutes, round, tax, decision, submittedAt } = dossier.dossier;
  const { data: documents = [] } = useQuery(documentsQuery(id));
  const { data: known } = useQuery(procedureQuery(procedure, version));
  const [shown, setShown] = useState<string | null>(null);
  const document = documents.find((one) => one.id === shown);
  const last = minutes.findLast((one) => one.round === round);
  const nameOf = (piece: string) => {
    const name = known?.pieces.find(({ code }) => code === piece)?.name;
    return name === undefined ? piece : localText(name);
  };
  return (
    <>
      <Panel title={t('case.committee')}>
        <Opinions dossier={dossier} />
      </Panel>
      {last !== undefined && (
        <Panel
          title={t('case.minutes')}
          actions={
            <button
              type="button"
              className={classes.link}
              onClick={() => void saveFile(`/dossiers/${id}/minutes?round=${round}`)}
            >
              {t('case.saveMinutes')}
            </button>
          }
        >
          <p>
            <Name>{last.observations}</Name>
          </p>
          <Facts
            rows={[
              [t('case.proposal'), t(`committee:choice.${last.proposal}`)],
              [t('case.drawnUp'), <Moment key="at" at={last.drawnUpAt} as="time" />],
            ]}
          />
        </Panel>
      )}
      <Panel title={t('case.facts')}>
        <Facts
          columns={2}
          rows={[
            [t('case.applicant'), <Name key="a">{dossier.applicantName}</Name>],
            [
              t('case.architect'),
              dossier.architectName === null ? null : <Name key="b">{dossier.architectName}</Name>,
            ],
            [t('case.filed'), submittedAt === null ? null : <Moment key="c" at={submittedAt} />],
            [
              t('case.limit'),
              dossier.timeLimit?.dueAt == null ? null : <Moment key="d" at={dossier.timeLimit.dueAt} far />,
            ],
            [
              t('case.tax'),
              tax === null
                ? null
                : `${money(tax.amount)} — ${t(tax.payment === null && tax.amount > 0 ? 'case.unpaid' : 'case.paid')}`,
            ],
            [t('case.conditions'), decision === null ? null : decision.conditions.join(' · ')],
          ]}
        />
      </Panel>
      <Panel title={t('case.papers')}>
        <ul className={classes.papers}>
          {documents.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className={classes.link}
                aria-pressed={one.id === shown}
                onClick={() => setShown(one.id === shown ? null : one.id)}
              >
                {nameOf(one.piece)}
              </button>
            </li>
          ))}
        </ul>
        {document !== undefined && (
          <div className={classes.plan}>
            <PlanViewer document={document} label={nameOf(document.piece)} />
          </div>
        )}
      </Panel>
    </>
  );
}
