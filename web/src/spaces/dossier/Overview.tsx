import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { bodyNamesQuery } from '../../api/queries.ts';
import { colon, money, number, shortDate } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { Code } from '../../components/Code.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Moment } from '../../components/Moment.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatePill, type Tone } from '../../components/StatePill.tsx';
import classes from './dossier.module.css';
import { type Decision, type Detail, decisionsQuery, opinionsQuery, procedureQuery } from './queries.ts';
import { SaveButton } from './SaveButton.tsx';

/** What was decided, said and is to be paid, and the papers that prove it. */
export function Overview({ detail, wide }: { detail: Detail; wide: boolean }) {
  const filed = detail.dossier.status !== 'draft';
  return (
    <div className={classes.panels} data-wide={wide}>
      {filed && <Acts detail={detail} />}
      <Complement detail={detail} />
      <Payment detail={detail} />
      {filed && <Opinions detail={detail} />}
      <Summary detail={detail} />
    </div>
  );
}

/** What is missing, and why: the one complement a round, or the refusal of the filing. */
function Complement({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const { dossier } = detail;
  const { data: procedure } = useQuery(procedureQuery(dossier.procedure, dossier.procedureVersion));
  const pieceName = (code: string) => {
    const piece = procedure?.pieces.find((one) => one.code === code);
    return piece === undefined ? code : localText(piece.name);
  };
  const open = dossier.complements.findLast((one) => one.answeredAt === null);
  if (open === undefined && dossier.filingRejection === null) return null;
  return (
    <Panel title={dossier.filingRejection === null ? t('complement.title') : t('complement.rejected')}>
      <ul className={classes.reasons}>
        {open?.items.map((item) => (
          <li key={item.piece}>
            <strong>{pieceName(item.piece)}</strong>
            {colon()}
            <bdi>{item.reason}</bdi>{' '}
            <small>
              (<bdi>{item.article}</bdi>)
            </small>
          </li>
        ))}
        {dossier.filingRejection?.missing.map((item) => (
          <li key={item.piece}>
            <strong>{pieceName(item.piece)}</strong>{' '}
            <small>
              (<bdi>{item.article}</bdi>)
            </small>
          </li>
        ))}
      </ul>
      {dossier.filingRejection !== null && (
        <SaveButton path={`/dossiers/${dossier.id}/filing-rejection`}>
          {t('papers.filingRejection')}
        </SaveButton>
      )}
    </Panel>
  );
}

/** Acts that were issued, the last one first, with their reasons and files. */
function Acts({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const { dossier } = detail;
  const { data: decisions = [] } = useQuery(decisionsQuery(dossier.id));
  const issued = decisions.filter((one) => one.status === 'issued' && one.file !== null).toReversed();
  return (
    <Panel title={t('papers.title')}>
      {issued.map((act) => (
        <Act key={act.id} act={act} />
      ))}
      <ul className={classes.files}>
        {dossier.receipt !== null && (
          <li>
            <span>
              {t('papers.receipt')} · <Moment at={dossier.receipt.issuedAt} />
            </span>
            <SaveButton path={`/dossiers/${dossier.id}/receipt`}>{t('papers.save')}</SaveButton>
          </li>
        )}
        {dossier.minutes.map((minutes) => (
          <li key={minutes.round}>
            <span>
              {t('papers.minutes', { round: number(minutes.round) })} · <Moment at={minutes.drawnUpAt} />
            </span>
            <SaveButton path={`/dossiers/${dossier.id}/minutes?round=${minutes.round}`}>
              {t('papers.save')}
            </SaveButton>
          </li>
        ))}
      </ul>
      {issued.length === 0 && dossier.receipt === null && <p>{t('papers.none')}</p>}
    </Panel>
  );
}

const ACT_TONES: Record<Decision['kind'], Tone> = {
  licence: 'good',
  refusal: 'late',
  modification: 'near',
  filingRejection: 'late',
};

function Act({ act }: { act: Decision }) {
  const { t } = useTranslation('dossier');
  return (
    <article>
      <h3>
        <StatePill tone={ACT_TONES[act.kind]}>{t(`act.${act.kind}`)}</StatePill>{' '}
        {act.signedAt !== null && <Moment at={act.signedAt} as="long" far={false} />}
      </h3>
      {act.signatory !== null && (
        <p>
          {t('papers.signedBy')} <bdi>{act.signatory.name}</bdi>
          {act.signatory.title !== null && (
            <>
              {' '}
              (<bdi>{localText(act.signatory.title)}</bdi>)
            </>
          )}
        </p>
      )}
      {act.reasons.length > 0 && (
        <>
          <p>{t('papers.reasons')}</p>
          <ul className={classes.reasons}>
            {act.reasons.map((reason) => (
              <li key={reason.article + reason.text}>
                <bdi>{reason.text}</bdi>{' '}
                <small>
                  (<bdi>{reason.article}</bdi>)
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
      {act.conditions.length > 0 && (
        <>
          <p>{t('papers.conditions')}</p>
          <ul className={classes.reasons}>
            {act.conditions.map((condition) => (
              <li key={condition}>
                <bdi>{condition}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <SaveButton path={`/decisions/${act.id}/file`} primary>
          {t(`papers.saveAct.${act.kind}`)}
        </SaveButton>
      </p>
      {act.plans.length > 0 && (
        <>
          <p>{t('papers.plans')}</p>
          <ul className={classes.files}>
            {act.plans.map((plan) => (
              <li key={plan.document}>
                <Code>{plan.fileName}</Code>
                <SaveButton path={`/decisions/${act.id}/plans/${plan.document}`}>
                  {plan.stamped === null ? t('papers.save') : t('papers.saveStamped')}
                </SaveButton>
              </li>
            ))}
          </ul>
        </>
      )}
      {act.verificationCode !== null && (
        <p>
          {t('papers.verify')}{' '}
          <a href={`/verify/${act.verificationCode}`}>
            <Code>{act.verificationCode}</Code>
          </a>
        </p>
      )}
    </article>
  );
}

/** The tax, line by line, where it is paid, and what proves it. */
function Payment({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const { tax } = detail.dossier;
  if (tax === null) return null;
  const due = tax.amount > 0 && tax.payment === null;
  return (
    <Panel title={t('tax.title')}>
      <p>
        <StatePill tone={due ? 'near' : 'good'}>
          {tax.amount === 0 ? t('tax.none') : due ? t('tax.due') : t('tax.paid')}
        </StatePill>
      </p>
      <div className={classes.scroll}>
        <Table withRowBorders aria-label={t('tax.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('tax.line')}</Table.Th>
              <Table.Th>{t('tax.quantity')}</Table.Th>
              <Table.Th>{t('tax.rate')}</Table.Th>
              <Table.Th>{t('tax.amount')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tax.lines.map((line) => (
              <Table.Tr key={line.label}>
                <Table.Td>{t(`tax.label.${line.label}`, { defaultValue: line.label })}</Table.Td>
                <Table.Td>{number(line.quantity)}</Table.Td>
                <Table.Td>{money(line.rate)}</Table.Td>
                <Table.Td>{money(line.amount)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th colSpan={3}>{t('tax.total')}</Table.Th>
              <Table.Th>{money(tax.amount)}</Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </div>
      {tax.exemption !== null && <p>{t('tax.exemption', { text: tax.exemption })}</p>}
      {due && (
        <p>
          {t('tax.where', { commune: localText(detail.communeName), number: detail.dossier.number ?? '' })}
        </p>
      )}
      {tax.payment !== null && (
        <Facts
          rows={[
            [t('tax.receipt'), <Code key="r">{tax.payment.receipt}</Code>],
            [t('tax.paidOn'), shortDate(tax.payment.paidAt)],
          ]}
        />
      )}
    </Panel>
  );
}

const OPINION_TONES = {
  favourable: 'good',
  favourableWithReserves: 'near',
  unfavourable: 'late',
  notConcerned: 'plain',
} as const satisfies Record<string, Tone>;

/** What each body said, as the law lets the reader know it; the silent are named too. */
function Opinions({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const { dossier } = detail;
  const { data: opinions = [] } = useQuery(opinionsQuery(dossier.id));
  const { data: bodies } = useQuery(bodyNamesQuery);
  const nameOf = (id: string) => {
    const name = bodies?.get(id);
    return name === undefined ? id : localText(name);
  };
  const silent = dossier.minutes.flatMap(({ round, silent: some }) => some.map((body) => ({ round, body })));
  return (
    <Panel title={t('opinions.title')}>
      {opinions.length === 0 && silent.length === 0 ? (
        <p>{t('opinions.none')}</p>
      ) : (
        <ul className={classes.files}>
          {opinions.toReversed().map((opinion) => (
            <li key={opinion.id}>
              <span>
                <bdi>{nameOf(opinion.body)}</bdi>
                {opinion.round > 1 && <> · {t('round', { round: number(opinion.round) })}</>}
                {opinion.remarks.length > 0 && (
                  <>
                    {' · '}
                    <Link to="?tab=remarks">{t('opinions.remarks', { count: opinion.remarks.length })}</Link>
                  </>
                )}
                {opinion.observations !== null && (
                  <small>
                    <br />
                    <bdi>{opinion.observations}</bdi>
                  </small>
                )}
              </span>
              <StatePill tone={OPINION_TONES[opinion.value]}>{t(`opinion.${opinion.value}`)}</StatePill>
            </li>
          ))}
          {silent.map(({ round, body }) => (
            <li key={`${round} ${body}`}>
              <bdi>{nameOf(body)}</bdi>
              <StatePill tone="plain">{t('opinion.silent')}</StatePill>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Summary({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const { dossier } = detail;
  return (
    <Panel title={t('facts.title')}>
      <Facts
        rows={[
          [t('facts.applicant'), <bdi key="a">{detail.applicantName}</bdi>],
          [
            t('facts.architect'),
            detail.architectName === null ? null : <bdi key="b">{detail.architectName}</bdi>,
          ],
          [t('facts.procedure'), localText(detail.procedureName)],
          [t('facts.commune'), localText(detail.communeName)],
          [
            t('facts.submitted'),
            dossier.submittedAt === null ? null : <Moment key="c" at={dossier.submittedAt} as="time" />,
          ],
          [t('facts.round'), number(dossier.round)],
          [
            t('facts.ended'),
            dossier.endedAt === null ? null : <Moment key="d" at={dossier.endedAt} as="time" />,
          ],
          [
            t('facts.followUp'),
            detail.followUpSecret === null ? null : (
              <span key="f">
                <Code>{detail.followUpSecret}</Code> <small>({t('facts.followUpHelp')})</small>
              </span>
            ),
          ],
          ...Object.entries(textsOf(dossier.application)).map(
            ([name, value]) =>
              [t(`facts.field.${name}`), <bdi key={name}>{value}</bdi>] as [string, React.ReactNode],
          ),
        ]}
        columns={1}
      />
    </Panel>
  );
}

const FIELDS = ['reference', 'address', 'description'];

/** The few answers by which people know a project again, wherever the form of a procedure keeps them. */
function textsOf(value: unknown, found: Record<string, string> = {}): Record<string, string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && FIELDS.includes(name)) found[name] ??= inner;
    else textsOf(inner, found);
  }
  return found;
}
