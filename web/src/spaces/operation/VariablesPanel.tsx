import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { Code } from '../../components/Code.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { ReasonField, VariablesField } from './Fields.tsx';
import { isReason, variablesOf } from './given.ts';
import classes from './Operation.module.css';
import type { Instance } from './queries.ts';
import { useIntervention } from './useIntervention.ts';

/** The variables of a process, and correcting some of them after seeing before and after. */
export function VariablesPanel({ instance }: { instance: Instance }) {
  const { t } = useTranslation('operation');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [asking, ask] = useState(false);
  const given = variablesOf(typed);
  const names = Object.keys(given ?? {});
  const correct = useIntervention<{ reason: string; variables: Record<string, unknown> }>(
    (body, header) =>
      answer(
        api.POST('/operation/instances/{id}/variables', {
          params: { path: { id: instance.id }, header },
          body,
        }),
      ),
    () => {
      ask(false);
      setTyped('');
      setReason('');
    },
  );
  const may = instance.status === 'active' && instance.interventions.includes('setVariables');
  const known = Object.entries(instance.variables);
  return (
    <Panel title={t('variables.title')}>
      {known.length === 0 ? (
        <p>{t('variables.none')}</p>
      ) : (
        <div className={classes.table}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('variables.name')}</Table.Th>
                <Table.Th>{t('variables.value')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {known.map(([name, value]) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row">
                    <Code>{name}</Code>
                  </Table.Th>
                  <Table.Td>
                    <Value of={value} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {may && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (names.length === 0) return;
            correct.reset();
            ask(true);
          }}
        >
          <VariablesField
            label={t('variables.change')}
            help={t('variables.changeHelp')}
            value={typed}
            onChange={setTyped}
          />
          <Button type="submit" variant="default" mt="sm" disabled={names.length === 0}>
            {t('variables.compare')}
          </Button>
        </form>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('variables.confirm')}
        action={t('variables.action')}
        danger
        busy={correct.isPending}
        wanting={!isReason(reason)}
        onClose={() => ask(false)}
        onConfirm={() => correct.mutate({ reason: reason.trim(), variables: given ?? {} })}
      >
        <p>{t('variables.still')}</p>
        <div className={classes.table}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('variables.name')}</Table.Th>
                <Table.Th>{t('variables.before')}</Table.Th>
                <Table.Th>{t('variables.after')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {names.map((name) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row">
                    <Code>{name}</Code>
                  </Table.Th>
                  <Table.Td>
                    <Value of={instance.variables[name]} />
                  </Table.Td>
                  <Table.Td>
                    <Value of={given?.[name]} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
        {correct.error !== null && <ProblemNotice error={correct.error} />}
        <ReasonField value={reason} onChange={setReason} />
      </ConfirmDialog>
    </Panel>
  );
}

function Value({ of }: { of: unknown }) {
  return of === undefined ? '—' : <code dir="ltr">{JSON.stringify(of)}</code>;
}
