import { ActionIcon, Button, Menu, Modal, TextInput } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api, type Schema } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { Name } from '../../components/Code.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { savedFiltersQuery } from './queries.ts';

type Filter = Schema<'SavedFilter'>;

/** Views of the inbox that the person has named: opened, kept, thrown away. */
export function SavedFilters({ query }: { query: string }) {
  const { t } = useTranslation(['tasks', 'common']);
  const [, setParams] = useSearchParams();
  const { data: saved = [] } = useQuery(savedFiltersQuery);
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const keep = useMutation({
    mutationFn: (items: Filter[]) => answer(api.PUT('/me/filters', { body: { items } })),
    onSuccess: ({ items }) => {
      queryClient.setQueryData(savedFiltersQuery.queryKey, items);
      setNaming(false);
      setName('');
    },
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal width={280}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={18} aria-hidden="true" />}>
            {t('saved.label')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {saved.length === 0 && <Menu.Label>{t('saved.none')}</Menu.Label>}
          {saved.map((one) => (
            <Menu.Item
              key={one.name}
              onClick={() => setParams(new URLSearchParams(one.query))}
              rightSection={
                <ActionIcon
                  component="span"
                  size="sm"
                  variant="subtle"
                  color="gray"
                  aria-hidden="true"
                  onClick={(event) => {
                    event.stopPropagation();
                    keep.mutate(saved.filter(({ name }) => name !== one.name));
                  }}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              }
              onKeyDown={(event) => {
                if (event.key === 'Delete') keep.mutate(saved.filter(({ name }) => name !== one.name));
              }}
              title={t('saved.deleteHelp')}
            >
              <Name>{one.name}</Name>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item disabled={query === '' || saved.length >= 30} onClick={() => setNaming(true)}>
            {t('saved.keep')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={naming}
        onClose={() => setNaming(false)}
        title={t('saved.keep')}
        centered
        closeButtonProps={{ 'aria-label': t('common:action.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            keep.mutate([...saved.filter((one) => one.name !== name.trim()), { name: name.trim(), query }]);
          }}
        >
          {keep.isError && <ProblemNotice error={keep.error} />}
          <TextInput
            data-autofocus
            label={t('saved.name')}
            maxLength={80}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" mt="md" loading={keep.isPending} disabled={name.trim() === ''}>
            {t('common:action.save')}
          </Button>
        </form>
      </Modal>
    </>
  );
}
