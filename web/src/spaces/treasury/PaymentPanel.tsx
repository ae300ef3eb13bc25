import { Alert, Button, NumberInput, TextInput } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Refusal } from '../../api/problem.ts';
import { useNow } from '../../api/queries.ts';
import { money } from '../../app/format.ts';
import { ErrorSummary } from '../../components/ErrorSummary.tsx';
import { Panel } from '../../components/Panel.tsx';
import type { PanelProps } from '../tasks/panel.ts';
import { localDay } from './localDay.ts';
import { TaxLines } from './TaxLines.tsx';

/** Records the payment of the tax: the amount is the one computed, the receipt is used once, the day is not in the future. */
export function PaymentPanel({ dossier: detail, complete, busy, problem, done }: PanelProps) {
  const { t } = useTranslation('treasury');
  const { dossier } = detail;
  const { tax } = dossier;
  const today = localDay(useNow());
  const [receipt, setReceipt] = useState('');
  const [amount, setAmount] = useState<number | string>(tax?.amount ?? '');
  const [paidAt, setPaidAt] = useState(today);
  const [tried, setTried] = useState(false);
  const code = problem instanceof Refusal ? problem.code : '';
  const differs = tax !== null && amount !== '' && Number(amount) !== tax.amount;
  const faults = [
    receipt.trim() === '' && { message: t('panel.needReceipt'), target: 'payment-receipt' },
    (amount === '' || Number(amount) <= 0) && { message: t('panel.needAmount'), target: 'payment-amount' },
    paidAt === '' && { message: t('panel.needDay'), target: 'payment-day' },
  ].filter((one) => one !== false);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (faults.length > 0) return;
    try {
      await complete({ receipt: receipt.trim(), amount: Number(amount), paidAt });
      done();
    } catch {
      // Told above; what was typed stays.
    }
  };

  if (tax === null) return <p>{t('panel.noTax')}</p>;
  return (
    <>
      <Panel
        title={t('panel.due')}
        actions={
          <Button
            component={Link}
            to={`/treasury/orders/${dossier.id}`}
            variant="default"
            leftSection={<IconPrinter size={18} aria-hidden />}
          >
            {t('order.print')}
          </Button>
        }
      >
        <TaxLines tax={tax} />
      </Panel>
      <form onSubmit={(event) => void send(event)} noValidate style={{ maxInlineSize: 520 }}>
        {tried && <ErrorSummary errors={faults} />}
        <TextInput
          id="payment-receipt"
          label={t('panel.receipt')}
          description={t('panel.receiptHelp')}
          dir="ltr"
          autoComplete="off"
          maxLength={60}
          required
          mb="md"
          value={receipt}
          onChange={(event) => setReceipt(event.currentTarget.value)}
          error={code === 'RECEIPT_ALREADY_USED' ? t('panel.receiptUsed') : tried && receipt.trim() === ''}
        />
        <NumberInput
          id="payment-amount"
          label={t('panel.amount')}
          description={t('panel.amountHelp', { amount: money(tax.amount) })}
          dir="ltr"
          min={0}
          decimalScale={2}
          hideControls
          required
          mb="md"
          value={amount}
          onChange={setAmount}
          error={code === 'PAYMENT_AMOUNT_DIFFERS' && differs}
        />
        {differs && (
          <Alert color="yellow" variant="light" mb="md" role="status">
            {t('panel.differs', { given: money(Number(amount)), due: money(tax.amount) })}{' '}
            <Button size="compact-sm" variant="default" onClick={() => setAmount(tax.amount)}>
              {t('panel.takeDue')}
            </Button>
          </Alert>
        )}
        <TextInput
          id="payment-day"
          type="date"
          label={t('panel.day')}
          dir="ltr"
          max={today}
          required
          mb="lg"
          value={paidAt}
          onChange={(event) => setPaidAt(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          {t('panel.record')}
        </Button>
        <p style={{ color: 'var(--soft)' }}>{t('panel.next')}</p>
      </form>
    </>
  );
}
