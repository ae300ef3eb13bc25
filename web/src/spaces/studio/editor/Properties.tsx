import { Button, Checkbox, MultiSelect, NumberInput, Select, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Code } from '../../../components/Code.tsx';
import { nameIn } from '../names.ts';
import type { Vocabulary } from '../queries.ts';
import type { CanvasElement, Moddle } from './bpmn.ts';
import { Field } from './Field.tsx';
import classes from './Properties.module.css';
import type { StudioModeler } from './studioModeler.ts';

/** What the panel needs beside the element itself. */
interface Given {
  modeler: StudioModeler;
  element: CanvasElement;
  vocabulary: Vocabulary;
  /** Forms of the draft, `<procedure>/<form>`, with their titles. */
  forms: { id: string; title: string }[];
}

/** An attribute of the element as text; `''` for none. */
const textOf = (model: Moddle, property: string): string => {
  const value = model.get(property);
  return typeof value === 'string' ? value : '';
};

/** What an element says, in words, each a field. */
export function Properties(given: Given) {
  const { t, i18n } = useTranslation('studio');
  const { modeler, element, vocabulary } = given;
  const model = element.businessObject;
  const kind = element.type.replace('bpmn:', '');
  const set = (properties: object) => modeler.update(element, properties);
  const text = (property: string) => textOf(model, property);
  const put = (property: string) => (value: string) => set({ [property]: value === '' ? undefined : value });
  const isTask = kind === 'UserTask';
  const isService = kind === 'ServiceTask' || kind === 'SendTask';
  const timer = timerOf(model);
  const source = element.source;
  const isConditional = source !== undefined && /ExclusiveGateway|InclusiveGateway/.test(source.type);

  return (
    <Stack gap="xs" className={classes.panel ?? ''} key={element.id}>
      <p className={classes.kind}>
        {t(`kind.${kind}`, { defaultValue: kind })} · <Code>{element.id}</Code>
      </p>
      {kind !== 'Collaboration' && (
        <>
          <Field
            label={t('field.nameAr')}
            lang="ar"
            dir="rtl"
            value={text('permit:nameAr')}
            onCommit={put('permit:nameAr')}
          />
          <Field
            label={t('field.nameFr')}
            lang="fr"
            dir="ltr"
            value={model.name ?? ''}
            onCommit={put('name')}
          />
          <Field
            label={t('field.nameEn')}
            lang="en"
            dir="ltr"
            value={text('permit:nameEn')}
            onCommit={put('permit:nameEn')}
          />
        </>
      )}
      {kind === 'Collaboration' && <p>{t('chooseElement')}</p>}
      {isTask && <TaskFields {...given} />}
      {isService && (
        <>
          <Select
            size="sm"
            label={t('field.service')}
            data={vocabulary.serviceHandlers.map((name) => ({
              value: name,
              label: t(`handler.${name}`, { defaultValue: name }),
            }))}
            value={text('permit:handler') || null}
            onChange={(name) =>
              set({
                'permit:handler': name ?? undefined,
                implementation: name ?? undefined,
                'camunda:topic': name ?? undefined,
                ...(name === 'notifyParties' ? {} : { 'permit:template': undefined }),
              })
            }
          />
          {text('permit:handler') === 'notifyParties' && (
            <Select
              size="sm"
              label={t('field.notice')}
              data={vocabulary.notices.map((name) => ({
                value: name,
                label: t(`notice.${name.replace('notification.', '')}`, { defaultValue: name }),
              }))}
              value={text('permit:template') || null}
              onChange={(name) => set({ 'permit:template': name ?? undefined })}
            />
          )}
          <Field label={t('field.article')} value={text('permit:article')} onCommit={put('permit:article')} />
        </>
      )}
      {kind === 'StartEvent' && <FormField {...given} label={t('field.applicationForm')} />}
      {timer !== null && (
        <>
          <Field
            label={t('field.timer')}
            dir="ltr"
            mono
            help={t('field.timerHelp')}
            value={durationOf(timer)}
            onCommit={(value) =>
              modeler.updateInside(element, timer, {
                timeDuration:
                  value === '' ? undefined : modeler.make('bpmn:FormalExpression', { body: value }),
              })
            }
          />
          <Calendar
            value={textOf(timer, 'permit:calendar')}
            onChange={(value) =>
              modeler.updateInside(element, timer, { 'permit:calendar': value ?? undefined })
            }
          />
        </>
      )}
      {kind === 'BoundaryEvent' && (
        <Checkbox
          size="sm"
          label={t('field.interrupting')}
          checked={model.get('cancelActivity') !== false}
          onChange={(event) => set({ cancelActivity: event.currentTarget.checked })}
        />
      )}
      {isConditional && (
        <Field
          label={t('field.condition')}
          help={t('field.conditionHelp')}
          dir="ltr"
          mono
          long
          value={textOf(
            (model.get('conditionExpression') as Moddle | undefined) ?? ({ get: () => '' } as never),
            'body',
          )}
          onCommit={(value) =>
            set({
              conditionExpression:
                value === '' ? undefined : modeler.make('bpmn:FormalExpression', { body: value }),
            })
          }
        />
      )}
      {isConditional && source !== undefined && (
        <Checkbox
          size="sm"
          label={t('field.default')}
          checked={source.businessObject.get('default') === model}
          onChange={(event) =>
            modeler.update(source, { default: event.currentTarget.checked ? model : undefined })
          }
        />
      )}
      {kind === 'SequenceFlow' && (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconPlus aria-hidden="true" size={16} />}
          onClick={() => modeler.insertTask(element)}
        >
          {t('insertTask')}
        </Button>
      )}
      {/Task$|Gateway$|Event$/.test(kind) && modeler.stages().length > 0 && (
        <Select
          size="sm"
          clearable
          label={t('field.stage')}
          data={modeler.stages().map((stage) => ({
            value: stage.id,
            label:
              nameIn(
                { name: textOf(stage, 'value'), get: (name) => stage.get(name) },
                i18n.language as 'fr',
              ) || stage.id,
          }))}
          value={(model.get('categoryValueRef') as Moddle[] | undefined)?.[0]?.id ?? null}
          onChange={(id) => set({ categoryValueRef: modeler.stages().filter((stage) => stage.id === id) })}
        />
      )}
    </Stack>
  );
}

function TaskFields(given: Given) {
  const { t } = useTranslation('studio');
  const { modeler, element, vocabulary } = given;
  const model = element.businessObject;
  const set = (properties: object) => modeler.update(element, properties);
  const text = (property: string) => textOf(model, property);
  const put = (property: string) => (value: string) => set({ [property]: value === '' ? undefined : value });
  const days = /^P(\d{1,3})D$/.exec(text('permit:limit'))?.[1];
  const loop = model.get('loopCharacteristics') as Moddle | undefined;
  return (
    <>
      <MultiSelect
        size="sm"
        label={t('field.roles')}
        data={vocabulary.roles.map((role) => ({
          value: role,
          label: t(`common:role.${role}`, { defaultValue: t(`role.${role}`) }),
        }))}
        value={text('camunda:candidateGroups')
          .split(',')
          .map((role) => role.trim())
          .filter((role) => role !== '')}
        onChange={(roles) =>
          set({ 'camunda:candidateGroups': roles.length === 0 ? undefined : roles.join(',') })
        }
      />
      <Field
        label={t('field.body')}
        help={t('field.bodyHelp')}
        dir="ltr"
        mono
        value={text('permit:body')}
        onCommit={put('permit:body')}
      />
      <FormField {...given} label={t('field.form')} />
      <Select
        size="sm"
        clearable
        label={t('field.handler')}
        placeholder={t('handler.none')}
        data={vocabulary.taskHandlers.map((name) => ({
          value: name,
          label: t(`handler.${name}`, { defaultValue: name }),
        }))}
        value={text('permit:handler') || null}
        onChange={(name) => set({ 'permit:handler': name ?? undefined })}
      />
      <Select
        size="sm"
        label={t('field.party')}
        allowDeselect={false}
        data={[
          { value: 'administration', label: t('party.administration') },
          { value: 'applicant', label: t('party.applicant') },
        ]}
        value={text('permit:party') === 'applicant' ? 'applicant' : 'administration'}
        onChange={(party) => set({ 'permit:party': party === 'applicant' ? 'applicant' : undefined })}
      />
      {text('permit:limit') === '' || days !== undefined ? (
        <NumberInput
          size="sm"
          label={t('field.limit')}
          min={1}
          max={365}
          allowDecimal={false}
          value={days === undefined ? '' : Number(days)}
          onChange={(value) =>
            set(
              typeof value === 'number'
                ? {
                    'permit:limit': `P${value}D`,
                    ...(text('permit:calendar') === '' ? { 'permit:calendar': 'workingDays' } : {}),
                  }
                : { 'permit:limit': undefined, 'permit:calendar': undefined },
            )
          }
        />
      ) : (
        <Field
          label={t('field.limitIso')}
          dir="ltr"
          mono
          value={text('permit:limit')}
          onCommit={put('permit:limit')}
        />
      )}
      <Calendar
        value={text('permit:calendar')}
        onChange={(value) => set({ 'permit:calendar': value ?? undefined })}
      />
      <Field label={t('field.article')} value={text('permit:article')} onCommit={put('permit:article')} />
      {loop !== undefined && (
        <>
          <Field
            label={t('field.collection')}
            dir="ltr"
            mono
            value={textOf(loop, 'camunda:collection')}
            onCommit={(value) =>
              modeler.updateInside(element, loop, { 'camunda:collection': value || undefined })
            }
          />
          <Field
            label={t('field.elementVariable')}
            dir="ltr"
            mono
            value={textOf(loop, 'camunda:elementVariable')}
            onCommit={(value) =>
              modeler.updateInside(element, loop, { 'camunda:elementVariable': value || undefined })
            }
          />
        </>
      )}
      <Checkbox
        size="sm"
        label={t('field.loop')}
        checked={loop !== undefined}
        onChange={(event) =>
          set({
            loopCharacteristics: event.currentTarget.checked
              ? modeler.make('bpmn:MultiInstanceLoopCharacteristics')
              : undefined,
          })
        }
      />
    </>
  );
}

function FormField({ modeler, element, forms, label }: Given & { label: string }) {
  const value = textOf(element.businessObject, 'camunda:formKey');
  const known = forms.some(({ id }) => id === value) || value === '';
  return (
    <Select
      size="sm"
      searchable
      label={label}
      data={[
        ...forms.map(({ id, title }) => ({ value: id, label: `${title} (${id})` })),
        ...(known ? [] : [{ value, label: value }]),
      ]}
      value={value || null}
      onChange={(form) => modeler.update(element, { 'camunda:formKey': form ?? undefined })}
    />
  );
}

function Calendar({ value, onChange }: { value: string; onChange: (value: string | null) => void }) {
  const { t } = useTranslation('studio');
  return (
    <Select
      size="sm"
      clearable
      label={t('field.calendar')}
      data={['workingDays', 'calendarDays'].map((name) => ({ value: name, label: t(`calendar.${name}`) }))}
      value={value || null}
      onChange={onChange}
    />
  );
}

function timerOf(model: Moddle): Moddle | null {
  const definitions = (model.get('eventDefinitions') as Moddle[] | undefined) ?? [];
  return definitions.find(({ $type }) => $type === 'bpmn:TimerEventDefinition') ?? null;
}

function durationOf(timer: Moddle): string {
  const duration = timer.get('timeDuration') as Moddle | undefined;
  return duration === undefined ? '' : textOf(duration, 'body');
}
