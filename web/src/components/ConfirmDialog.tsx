import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * Asks before what cannot be undone: says what will happen and to whom. With `typed`, that text (a dossier's number) has
 * to be typed first.
 */
export function ConfirmDialog({
  opened,
  title,
  children,
  action,
  danger = false,
  typed,
  busy = false,
  wanting = false,
  onConfirm,
  onClose,
}: {
  opened: boolean;
  title: string;
  children: ReactNode;
  action: string;
  danger?: boolean;
  typed?: string | undefined;
  busy?: boolean;
  /** Something is still to be filled in before it can be confirmed. */
  wanting?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const ready = !wanting && (typed === undefined || text.trim() === typed);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) onConfirm();
        }}
      >
        {children}
        {typed !== undefined && (
          <TextInput
            mt="md"
            dir="ltr"
            autoComplete="off"
            data-autofocus
            label={t('confirm.type', { text: `\u2066${typed}\u2069` })}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" color={danger ? 'red' : 'green'} disabled={!ready} loading={busy}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
