import { Kbd, Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Shortcut } from './shortcut.ts';

/** The keys of the page that is shown, in a dialog. */
export function KeyList({ shortcuts, close }: { shortcuts: Shortcut[]; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={close}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Table>
        <Table.Tbody>
          {[...shortcuts, { key: '?', label: t('keys.help') }].map(({ key, label }) => (
            <Table.Tr key={key + label}>
              <Table.Td>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{label}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
