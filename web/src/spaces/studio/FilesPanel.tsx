import { Button, FileButton, Table } from '@mantine/core';
import { IconDownload, IconTrash, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileSize } from '../../app/format.ts';
import { Code } from '../../components/Code.tsx';
import { placeFiles, readPicked } from './folder.ts';
import type { DraftFile } from './queries.ts';

/** The files a draft is made of: each can be taken away, changed elsewhere and put back. */
export function FilesPanel({
  files,
  procedure,
  onChange,
}: {
  files: DraftFile[];
  procedure: string;
  onChange: (files: Record<string, string | null>) => void;
}) {
  const { t } = useTranslation('studio');
  const [astray, setAstray] = useState<string[]>([]);
  const reset = useRef<() => void>(null);
  const add = async (picked: File[]) => {
    const read = await readPicked(picked);
    const known = { path: `${procedure}.bpmn`, content: '' };
    // Where a form belongs is told by its name alone here: all are of this procedure.
    const placed = placeFiles(read.some(({ path }) => path.endsWith('.bpmn')) ? read : [...read, known]);
    setAstray(placed.astray);
    const changed = placed.files.filter(({ content, path }) => content !== '' || !path.endsWith('.bpmn'));
    if (changed.length > 0) onChange(Object.fromEntries(changed.map(({ path, content }) => [path, content])));
    reset.current?.();
  };
  return (
    <>
      <p>{t('files.help')}</p>
      <FileButton multiple resetRef={reset} accept=".bpmn,.json" onChange={(picked) => void add(picked)}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            size="sm"
            leftSection={<IconUpload aria-hidden="true" size={16} />}
          >
            {t('files.add')}
          </Button>
        )}
      </FileButton>
      {astray.length > 0 && (
        <p role="alert">
          {t('files.astray', { count: astray.length })} <Code>{astray.join(', ')}</Code>
        </p>
      )}
      <details>
        <summary>{t('files.list', { count: files.length })}</summary>
        <Table.ScrollContainer minWidth={420}>
          <Table aria-label={t('files.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('files.name')}</Table.Th>
                <Table.Th>{t('files.size')}</Table.Th>
                <Table.Th>{t('files.actions')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {files.map((file) => (
                <Table.Tr key={file.path}>
                  <Table.Td>
                    <Code>{file.path}</Code>
                  </Table.Td>
                  <Table.Td>{fileSize(file.content.length)}</Table.Td>
                  <Table.Td>
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      leftSection={<IconDownload aria-hidden="true" size={16} />}
                      onClick={() => download(file)}
                      aria-label={t('files.downloadOne', { path: file.path })}
                    >
                      {t('files.download')}
                    </Button>
                    {!file.path.endsWith('.bpmn') && (
                      <Button
                        variant="subtle"
                        color="red"
                        size="compact-sm"
                        leftSection={<IconTrash aria-hidden="true" size={16} />}
                        onClick={() => onChange({ [file.path]: null })}
                        aria-label={t('files.removeOne', { path: file.path })}
                      >
                        {t('files.remove')}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </details>
    </>
  );
}

function download({ path, content }: DraftFile): void {
  const type = path.endsWith('.bpmn') ? 'application/xml' : 'application/json';
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = path.split('/').at(-1) ?? 'file';
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
