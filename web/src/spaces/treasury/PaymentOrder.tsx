import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { longDate, money, number } from '../../app/format.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useKeys } from '../../components/keys.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { Star } from '../../components/Star.tsx';
import { dossierQuery } from '../registry/queries.ts';
import { sourceAndDoubt } from './queries.ts';
import classes from './treasury.module.css';

/** The payment order (ordre de recette, أمر بالاستخلاص) as paper: always in both languages of the administration. */
export function PaymentOrder() {
  const { id = '' } = useParams();
  return (
    <RequireRole roles={['treasurer', 'president', 'registryOfficer']}>
      <Order id={id} />
    </RequireRole>
  );
}

const LANGUAGES = ['ar', 'fr'] as const;

function Order({ id }: { id: string }) {
  const { t } = useTranslation(['treasury', 'common']);
  const detail = useQuery(dossierQuery(id));
  useKeys(useMemo(() => [{ key: 'p', label: t('order.print'), run: () => window.print() }], [t]));
  if (detail.error !== null)
    return <ProblemNotice error={detail.error} retry={() => void detail.refetch()} />;
  if (detail.data === undefined) return <Loading rows={8} />;
  const { dossier, applicantName, communeName, procedureName } = detail.data;
  const { tax } = dossier;
  if (tax === null) return <EmptyState title={t('order.none')}>{t('order.noneHelp')}</EmptyState>;
  const { source } = sourceAndDoubt(tax.source);
  return (
    <>
      <div data-no-print>
        <PageHead
          title={t('order.title')}
          about={t('order.about')}
          actions={
            <Button leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
              {t('common:action.print')}
            </Button>
          }
        />
      </div>
      <article className={classes.paper}>
        <header className={classes.letterhead}>
          <div lang="fr" dir="ltr">
            Royaume du Maroc
            <br />
            Commune de {communeName.fr}
          </div>
          <Star size={64} />
          <div lang="ar" dir="rtl">
            المملكة المغربية
            <br />
            جماعة {communeName.ar}
          </div>
        </header>
        <h2 className={classes.paperTitle}>
          <span lang="ar" dir="rtl">
            {TITLE.ar}
          </span>
          <span lang="fr" dir="ltr">
            {TITLE.fr}
          </span>
          <Code>{dossier.number}</Code>
        </h2>
        <div className={classes.two}>
          {LANGUAGES.map((language) => (
            <section key={language} lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
              <dl className={classes.facts}>
                <dt>{PAPER[language].debtor}</dt>
                <dd>
                  <Name>{applicantName}</Name>
                </dd>
                <dt>{PAPER[language].object}</dt>
                <dd>{language === 'ar' ? procedureName.ar : procedureName.fr}</dd>
                <dt>{PAPER[language].date}</dt>
                <dd>
                  <bdi>{longDate(tax.computedAt, language)}</bdi>
                </dd>
              </dl>
              <table className={classes.lines}>
                <thead>
                  <tr>
                    <th>{PAPER[language].line}</th>
                    <th>{PAPER[language].quantity}</th>
                    <th>{PAPER[language].rate}</th>
                    <th>{PAPER[language].amount}</th>
                  </tr>
                </thead>
                <tbody>
                  {tax.lines.map((line) => (
                    <tr key={line.label}>
                      <td>{PAPER[language].labels[line.label] ?? line.label}</td>
                      <td>
                        <bdi>{number(line.quantity, {}, language)}</bdi>
                      </td>
                      <td>
                        <bdi>{money(line.rate, language)}</bdi>
                      </td>
                      <td>
                        <bdi>{money(line.amount, language)}</bdi>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <p className={classes.total}>
                {PAPER[language].total} <strong>{money(tax.amount, language)}</strong>
              </p>
              <p>
                {PAPER[language].basis} <bdi>{source}</bdi>
              </p>
              <p>{PAPER[language].how}</p>
            </section>
          ))}
        </div>
        {tax.payment !== null && (
          <p className={classes.paid}>
            <Code>{tax.payment.receipt}</Code> · {t('order.paid')}
          </p>
        )}
      </article>
    </>
  );
}

const TITLE = { ar: 'أمر بالاستخلاص', fr: 'Ordre de recette' };

/** The words of the paper do not follow the reader's language: it carries both, whoever prints it. */
const PAPER: Record<
  (typeof LANGUAGES)[number],
  Record<
    'debtor' | 'object' | 'date' | 'line' | 'quantity' | 'rate' | 'amount' | 'total' | 'basis' | 'how',
    string
  > & {
    labels: Record<string, string>;
  }
> = {
  ar: {
    debtor: 'المدين',
    object: 'الموضوع',
    date: 'التاريخ',
    line: 'البيان',
    quantity: 'الكمية',
    rate: 'السعر',
    amount: 'المبلغ',
    total: 'المبلغ الواجب أداؤه:',
    basis: 'الأساس القانوني:',
    how: 'يؤدى هذا المبلغ لدى شسيع المداخيل بالجماعة مقابل وصل، ولا تسلم الرخصة إلا بعد الأداء.',
    labels: {
      coveredM2: 'المساحة المغطاة (م²)',
      overhangM2: 'البروزات على الملك العام (م²، محتسبة مضاعفة)',
      fixed: 'مبلغ جزافي',
    },
  },
  fr: {
    debtor: 'Redevable',
    object: 'Objet',
    date: 'Date',
    line: 'Désignation',
    quantity: 'Quantité',
    rate: 'Taux',
    amount: 'Montant',
    total: 'Montant à payer :',
    basis: 'Base légale :',
    how: 'À payer au régisseur communal contre quittance ; le permis n’est remis qu’après paiement.',
    labels: {
      coveredM2: 'Surface couverte (m²)',
      overhangM2: 'Saillies sur le domaine public (m², comptées double)',
      fixed: 'Montant fixe',
    },
  },
};
