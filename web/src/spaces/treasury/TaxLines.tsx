import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { money, number } from '../../app/format.ts';
import { StatePill } from '../../components/StatePill.tsx';
import { sourceAndDoubt, type Tax } from './queries.ts';
import classes from './treasury.module.css';

const KNOWN = ['coveredM2', 'overhangM2', 'fixed'];

/** How an amount came about: quantity by rate, line by line, with its source and the doubt that is left. */
export function TaxLines({ tax }: { tax: Tax }) {
  const { t } = useTranslation('treasury');
  const { source, doubt } = sourceAndDoubt(tax.source);
  return (
    <>
      <div className={classes.scroll}>
        <Table className={classes.table}>
          <caption className="hidden-visually">{t('tax.lines')}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('tax.line')}</Table.Th>
              <Table.Th className={classes.figure}>{t('tax.quantity')}</Table.Th>
              <Table.Th className={classes.figure}>{t('tax.rate')}</Table.Th>
              <Table.Th className={classes.figure}>{t('tax.amount')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tax.lines.map((line) => (
              <Table.Tr key={line.label}>
                <Table.Td>{KNOWN.includes(line.label) ? t(`tax.${line.label}`) : line.label}</Table.Td>
                <Table.Td className={classes.figure}>
                  <bdi>{number(line.quantity)}</bdi>
                </Table.Td>
                <Table.Td className={classes.figure}>
                  <bdi>{money(line.rate)}</bdi>
                </Table.Td>
                <Table.Td className={classes.figure}>
                  <bdi>{money(line.amount)}</bdi>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th colSpan={3}>{t('tax.total')}</Table.Th>
              <Table.Th className={classes.figure}>
                <bdi>{money(tax.amount)}</bdi>
              </Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </div>
      <p>
        {t('tax.source')} <bdi>{source}</bdi>
      </p>
      {doubt !== null && (
        <p>
          <StatePill tone="near">{t('tax.doubt')}</StatePill> <bdi>{doubt}</bdi>
        </p>
      )}
    </>
  );
}
