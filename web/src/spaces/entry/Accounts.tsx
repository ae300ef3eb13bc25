import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../api/client.ts';
import { localText } from '../../app/language.ts';
import classes from './entry.module.css';

type Account = NonNullable<Schema<'Site'>['demonstration']>['accounts'][number];

/** The accounts of a demonstration, told to everyone: one press fills the form. */
export function Accounts({ accounts, choose }: { accounts: Account[]; choose: (account: Account) => void }) {
  const { t } = useTranslation('entry');
  return (
    <section className={classes.accounts}>
      <h2>{t('accounts.title')}</h2>
      <p>{t('accounts.help', { password: accounts[0]?.password ?? '' })}</p>
      <ul>
        {accounts.map((account) => (
          <li key={account.email}>
            <Button
              variant="default"
              fullWidth
              justify="space-between"
              onClick={() => choose(account)}
              rightSection={
                <bdi dir="ltr" className={classes.address}>
                  {account.email}
                </bdi>
              }
            >
              {localText(account.name)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
