import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Code } from '../../components/Code.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import classes from './Operation.module.css';
import { instancesQuery } from './queries.ts';

/** Finds the process of a dossier by its number, to look into it and to intervene. */
export function FindProcess() {
  const { t } = useTranslation('operation');
  const [asked, ask] = useUrlState('number', '');
  const [typed, setTyped] = useState(asked);
  const found = useQuery(instancesQuery({ number: asked }));
  return (
    <Panel title={t('find.title')}>
      <form
        className={classes.ahead}
        onSubmit={(event) => {
          event.preventDefault();
          ask(typed.trim());
        }}
      >
        <TextInput
          label={t('find.number')}
          dir="ltr"
          autoComplete="off"
          maxLength={60}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('find.action')}
        </Button>
      </form>
      {found.error !== null && <ProblemNotice error={found.error} />}
      {asked !== '' && found.data === undefined && found.error === null && <Loading rows={1} />}
      <div role="status">{found.data?.items.length === 0 && <p>{t('find.none')}</p>}</div>
      {found.data !== undefined && found.data.items.length > 0 && (
        <ul className={classes.list}>
          {found.data.items.map((one) => (
            <li key={one.id}>
              <Link to={`/operation/instances/${one.id}`}>
                {t('process.title')} <Code>{one.dossierNumber}</Code>
              </Link>
              <span className={classes.soft}>
                {t(`process.states.${one.status}`)} · <Moment at={one.startedAt} as="time" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
