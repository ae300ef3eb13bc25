import { Button, Group } from '@mantine/core';
import { IconFiles, IconFolder } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answer, api, onceKey } from '../../api/client.ts';
import { Code } from '../../components/Code.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { type PickedFile, placeFiles, readDropped, readPicked } from './folder.ts';
import classes from './StudioHome.module.css';

/** A procedure that is new here: its folders are dropped or picked, and become a draft. */
export function AddProcedure() {
  const { t } = useTranslation('studio');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [picked, setPicked] = useState<PickedFile[]>([]);
  const { files: placed, astray } = placeFiles(picked);
  const isWhole = placed.some(({ path }) => path.endsWith('.bpmn'));
  const begin = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/procedure-drafts', {
          params: { header: { 'Idempotency-Key': onceKey() } },
          body: { files: placed },
        }),
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['studio', 'drafts'] });
      await navigate(`/studio/drafts/${id}`);
    },
  });
  // The two folders may come one after the other.
  const add = (more: PickedFile[]) =>
    setPicked((old) => [...old.filter(({ path }) => !more.some((one) => one.path === path)), ...more]);
  return (
    <Panel title={t('add.title')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way; the buttons below are the other. */}
      <div
        className={classes.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void readDropped(event.dataTransfer.items).then(add);
        }}
      >
        <p>{t('add.help')}</p>
        <Group justify="center" gap="sm">
          <Button
            variant="default"
            leftSection={<IconFolder aria-hidden="true" size={18} />}
            onClick={() => folder.current?.click()}
          >
            {t('add.folder')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFiles aria-hidden="true" size={18} />}
            onClick={() => files.current?.click()}
          >
            {t('add.files')}
          </Button>
        </Group>
        <input
          ref={(input) => {
            folder.current = input;
            // React has no name for this attribute.
            input?.setAttribute('webkitdirectory', '');
          }}
          hidden
          type="file"
          multiple
          data-testid="folder"
          aria-label={t('add.folder')}
          onChange={(event) => void readPicked(event.currentTarget.files ?? []).then(add)}
        />
        <input
          ref={files}
          hidden
          type="file"
          multiple
          accept=".bpmn,.json"
          aria-label={t('add.files')}
          onChange={(event) => void readPicked(event.currentTarget.files ?? []).then(add)}
        />
      </div>
      {begin.error !== null && <ProblemNotice error={begin.error} kept={t('add.kept')} />}
      {picked.length > 0 && (
        <>
          <p role="status">
            {t('add.found', { count: placed.length })} {!isWhole && t('add.noDiagram')}
          </p>
          {astray.length > 0 && (
            <p role="alert">
              {t('files.astray', { count: astray.length })} <Code>{astray.slice(0, 10).join(', ')}</Code>
            </p>
          )}
          <Button disabled={!isWhole} loading={begin.isPending} onClick={() => begin.mutate()}>
            {t('add.begin')}
          </Button>
        </>
      )}
    </Panel>
  );
}
