import { Button, Drawer, Group } from '@mantine/core';
import { IconDownload, IconEye } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rawFetch } from '../../api/client.ts';
import { refusalOf } from '../../api/problem.ts';
import { Loading } from '../../components/Loading.tsx';
import { PdfPreview } from '../../components/PdfPreview.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';

/** The document that a task makes of what is typed now, shown before it is signed or kept, with what will differ. */
export function DraftPreview({
  task,
  payload,
  action,
  title,
  differs,
}: {
  task: string;
  payload: () => object;
  action: string;
  title: string;
  differs: string;
}) {
  const { t, i18n } = useTranslation();
  const draft = useMutation({ mutationFn: () => fetchDraft(task, payload()) });
  const opened = !draft.isIdle;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconEye size={18} aria-hidden="true" />}
        onClick={() => draft.mutate()}
      >
        {action}
      </Button>
      <Drawer
        opened={opened}
        onClose={() => draft.reset()}
        title={title}
        size="xl"
        position={i18n.dir() === 'rtl' ? 'left' : 'right'}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {draft.isPending && <Loading rows={10} />}
        {draft.isError && <ProblemNotice error={draft.error} retry={() => draft.mutate()} />}
        {draft.data !== undefined && (
          <>
            <p>{differs}</p>
            <Group mb="sm">
              <Button
                component="a"
                size="compact-sm"
                variant="default"
                leftSection={<IconDownload size={16} aria-hidden="true" />}
                href={draft.data.address}
                download="draft.pdf"
              >
                {t('preview.save')}
              </Button>
            </Group>
            <PdfPreview content={draft.data.content} label={title} />
          </>
        )}
      </Drawer>
    </>
  );
}

/** @throws Refusal, Offline */
export async function fetchDraft(task: string, payload: object): Promise<{ content: Blob; address: string }> {
  const response = await rawFetch(`/tasks/${task}/preview`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  if (!response.ok) throw await refusalOf(response);
  const content = await response.blob();
  return { content, address: URL.createObjectURL(content) };
}
