import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../../api/problem.ts';
import { Panel } from '../../components/Panel.tsx';
import { SavedState } from '../../components/SavedState.tsx';
import type { JsonObject } from '../../forms/layout.ts';
import { SchemaForm } from '../../forms/SchemaForm.tsx';
import type { PanelProps } from './panel.ts';
import { documentsQuery, procedureQuery } from './queries.ts';
import { useKept } from './useKept.ts';

/** Draws a task from its form alone: what a procedure added on screen needs no panel for. */
export function FormPanel({ task, dossier, complete, busy, problem }: PanelProps) {
  const { t } = useTranslation('tasks');
  const [value, setValue, saved] = useKept<JsonObject>(task.task.id, {});
  const { data: documents = [] } = useQuery(documentsQuery(dossier.dossier.id));
  const { data: procedure } = useQuery(procedureQuery(task.task.procedure, task.task.procedureVersion));
  const send = (payload: object) => void complete(payload).catch(() => undefined);
  if (task.form === null)
    return (
      <Panel title={t('task.noForm')}>
        <Button loading={busy} onClick={() => send({})}>
          {t('task.complete')}
        </Button>
      </Panel>
    );
  return (
    <Panel>
      <SchemaForm
        procedure={task.task.procedure}
        version={task.task.procedureVersion}
        form={task.form}
        value={value}
        onChange={setValue}
        onSubmit={send}
        problems={problem instanceof Refusal ? problem.fields : undefined}
        documents={documents}
        {...(procedure === undefined ? {} : { pieces: procedure.pieces })}
        busy={busy}
        actions={<SavedState state={saved} />}
      />
    </Panel>
  );
}
