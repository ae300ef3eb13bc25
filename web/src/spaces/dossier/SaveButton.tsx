import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { saveFile } from '../../api/client.ts';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';

/** Saves one file of the dossier under its own name; says so when it could not. */
export function SaveButton({
  path,
  children,
  primary = false,
}: {
  path: string;
  children: ReactNode;
  primary?: boolean;
}) {
  const save = useMutation({ mutationFn: () => saveFile(path) });
  return (
    <span data-no-print>
      <Button
        variant={primary ? 'filled' : 'default'}
        leftSection={<IconDownload size={18} aria-hidden="true" />}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        {children}
      </Button>
      {save.isError && <ProblemNotice error={save.error} retry={() => save.mutate()} />}
    </span>
  );
}
