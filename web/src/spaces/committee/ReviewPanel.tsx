import { Button, Radio, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onceKey } from '../../api/client.ts';
import { localText } from '../../app/language.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorSummary } from '../../components/ErrorSummary.tsx';
import { SavedState } from '../../components/SavedState.tsx';
import { PlanViewer } from '../../viewer/PlanViewer.tsx';
import type { Annotation } from '../../viewer/zone.ts';
import type { PanelProps } from '../tasks/panel.ts';
import { documentsQuery, procedureQuery } from '../tasks/queries.ts';
import { useKept } from '../tasks/useKept.ts';
import { DossierFacts } from './DossierFacts.tsx';
import { type DraftRemark, RemarkCard } from './RemarkCard.tsx';
import classes from './Review.module.css';

const VALUES = ['favourable', 'favourableWithReserves', 'unfavourable', 'notConcerned'] as const;
type Value = (typeof VALUES)[number];

interface Draft {
  value: Value | null;
  remarks: DraftRemark[];
  observations: string;
}

const PARTS = ['facts', 'plan', 'opinion'] as const;
type Part = (typeof PARTS)[number];

/**
 * A member studies a dossier on one screen: what it says, the plan, the remarks, each at its place and on its article,
 * and the opinion to sign. On a narrow screen the three are one behind another.
 */
export function ReviewPanel({ task, dossier, complete, busy }: PanelProps) {
  const { t } = useTranslation(['committee', 'common']);
  const { procedure, procedureVersion } = task.task;
  const { data: documents = [] } = useQuery(documentsQuery(dossier.dossier.id));
  const { data: version } = useQuery(procedureQuery(procedure, procedureVersion));
  const [draft, setDraft, saved] = useKept<Draft>(task.task.id, {
    value: null,
    remarks: [],
    observations: '',
  });
  const [part, setPart] = useState<Part>('plan');
  const [chosen, setChosen] = useState<string | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [tried, setTried] = useState(false);

  const plans = documents.filter(({ piece }) => version?.pieces.find(({ code }) => code === piece)?.plan);
  const shown =
    documents.find(({ id }) => id === chosen) ??
    plans.find(({ mediaType }) => mediaType === 'application/pdf') ??
    plans[0] ??
    documents[0];
  const nameOf = (piece: string) => {
    const name = version?.pieces.find(({ code }) => code === piece)?.name;
    return name === undefined ? piece : localText(name);
  };
  const pieceOf = (id: string) => {
    const found = documents.find((one) => one.id === id);
    return found === undefined ? '' : nameOf(found.piece);
  };
  const change = (key: string, next: Partial<DraftRemark>) =>
    setDraft((old) => ({
      ...old,
      remarks: old.remarks.map((one) => (one.key === key ? { ...one, ...next } : one)),
    }));
  const add = (remark: Pick<DraftRemark, 'page' | 'zone'>) => {
    if (shown === undefined) return;
    const key = onceKey();
    setDraft((old) => ({
      ...old,
      remarks: [
        ...old.remarks,
        {
          key,
          document: shown.id,
          article: '',
          text: '',
          reserve: old.value === 'favourableWithReserves',
          ...remark,
        },
      ],
    }));
    select(key);
    // The words are what comes next.
    setTimeout(() => document.getElementById(`remark-${key}-article`)?.focus(), 60);
  };
  const select = (key: string) => {
    setSelected(key);
    const remark = draft.remarks.find((one) => one.key === key);
    if (remark !== undefined) setChosen(remark.document);
  };
  const annotations: Annotation[] = draft.remarks.flatMap((remark, index) =>
    remark.document === shown?.id && remark.zone !== undefined
      ? [
          {
            id: remark.key,
            number: index + 1,
            page: remark.page,
            zone: remark.zone,
            label: remark.text === '' ? t('remark.title', { number: index + 1 }) : remark.text,
          },
        ]
      : [],
  );

  const faults = faultsOf(draft, t);
  const sign = () => {
    setTried(true);
    if (faults.length > 0 || draft.value === null) {
      setPart('opinion');
      return;
    }
    void complete({
      value: draft.value,
      remarks: draft.remarks.map(({ key: _key, ...remark }) => remark),
      ...(draft.observations.trim() === '' ? {} : { observations: draft.observations }),
    }).catch(() => undefined);
  };

  return (
    <>
      <SegmentedControl
        className={classes.tabs ?? ''}
        fullWidth
        aria-label={t('parts.label')}
        value={part}
        onChange={(value) => setPart(value as Part)}
        data={PARTS.map((value) => ({ value, label: t(`parts.${value}`) }))}
      />
      <div className={classes.review} data-part={part}>
        <div className={classes.facts} data-name="facts">
          <DossierFacts
            dossier={dossier}
            procedureVersion={procedureVersion}
            documents={documents}
            nameOf={nameOf}
            shown={shown?.id ?? null}
            onShow={(id) => {
              setChosen(id);
              setPart('plan');
            }}
          />
        </div>
        <div className={classes.plan} data-name="plan">
          {shown === undefined ? (
            <EmptyState title={t('plan.none')} />
          ) : (
            <PlanViewer
              document={shown}
              label={`${nameOf(shown.piece)} — ${shown.fileName}`}
              annotations={annotations}
              selected={selected}
              onSelect={select}
              onAnnotate={(placed) => add({ page: placed.page, zone: placed.zone })}
            />
          )}
        </div>
        <div className={classes.opinion} data-name="opinion">
          <h2>{t('opinion.title')}</h2>
          {tried && <ErrorSummary errors={faults} />}
          <Radio.Group
            id="opinion-value"
            label={t('opinion.value')}
            value={draft.value ?? ''}
            error={tried && draft.value === null ? t('fault.value') : undefined}
            onChange={(value) => setDraft((old) => ({ ...old, value: value as Value }))}
          >
            <Stack gap={6} mt={6}>
              {VALUES.map((value) => (
                <Radio key={value} value={value} label={t(`value.${value}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <h3>{t('remark.list', { count: draft.remarks.length })}</h3>
          <p className={classes.help}>{t('remark.help')}</p>
          {draft.remarks.map((remark, index) => (
            <RemarkCard
              key={remark.key}
              remark={remark}
              number={index + 1}
              pieceName={`${pieceOf(remark.document)} · ${t('remark.page', { page: remark.page })}`}
              pages={documents.find(({ id }) => id === remark.document)?.pages ?? null}
              procedure={procedure}
              selected={remark.key === selected}
              faults={tried ? faultsOfRemark(remark, t) : {}}
              onSelect={() => select(remark.key)}
              onChange={(next) => change(remark.key, next)}
              onRemove={() =>
                setDraft((old) => ({
                  ...old,
                  remarks: old.remarks.filter(({ key }) => key !== remark.key),
                }))
              }
            />
          ))}
          <Button
            id="add-remark"
            variant="default"
            disabled={shown === undefined}
            onClick={() => add({ page: 1 })}
          >
            {t('remark.add')}
          </Button>
          <Textarea
            mt="md"
            label={t('opinion.observations')}
            resize="vertical"
            rows={2}
            maxLength={4000}
            value={draft.observations}
            onChange={(event) => {
              const observations = event.currentTarget.value;
              setDraft((old) => ({ ...old, observations }));
            }}
          />
        </div>
      </div>
      <div className={classes.bar}>
        <SavedState state={saved} />
        <Button loading={busy} leftSection={<IconSignature size={18} aria-hidden="true" />} onClick={sign}>
          {t('opinion.sign')}
        </Button>
      </div>
    </>
  );
}

type Say = TFunction<readonly ['committee', 'common']>;

function faultsOfRemark(
  remark: DraftRemark,
  t: Say,
): { article?: string | undefined; text?: string | undefined } {
  return {
    article: remark.article.trim() === '' ? t('fault.article') : undefined,
    text: remark.text.trim().length < 3 ? t('fault.text') : undefined,
  };
}

/** What the law asks of an opinion, said before it is sent; the server decides again. */
function faultsOf({ value, remarks }: Draft, t: Say): { message: string; target?: string }[] {
  const faults: { message: string; target?: string }[] = [];
  if (value === null) faults.push({ message: t('fault.value'), target: 'opinion-value' });
  if (value === 'unfavourable' && remarks.length === 0)
    faults.push({ message: t('fault.motive'), target: 'add-remark' });
  if (value === 'favourableWithReserves' && !remarks.some(({ reserve }) => reserve))
    faults.push({ message: t('fault.reserve'), target: 'add-remark' });
  for (const [index, remark] of remarks.entries()) {
    const found = faultsOfRemark(remark, t);
    const number = index + 1;
    if (found.article !== undefined)
      faults.push({
        message: t('fault.ofRemark', { number, what: found.article }),
        target: `remark-${remark.key}-article`,
      });
    if (found.text !== undefined)
      faults.push({
        message: t('fault.ofRemark', { number, what: found.text }),
        target: `remark-${remark.key}-text`,
      });
  }
  return faults;
}
