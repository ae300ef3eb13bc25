import { ActionIcon, Button, Checkbox, NumberInput, Textarea, TextInput } from '@mantine/core';
import { IconMapPin, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { MotivePicker } from '../../components/MotivePicker.tsx';
import type { Zone } from '../../viewer/zone.ts';
import classes from './Review.module.css';

/** A remark while it is written; `key` is the page's own. */
export interface DraftRemark {
  key: string;
  document: string;
  page: number;
  article: string;
  text: string;
  reserve: boolean;
  zone?: Zone;
}

/** One remark being written: where it stands, on which text it rests, what it asks. */
export function RemarkCard({
  remark,
  number,
  pieceName,
  pages,
  procedure,
  selected,
  faults,
  onSelect,
  onChange,
  onRemove,
}: {
  remark: DraftRemark;
  number: number;
  pieceName: string;
  pages: number | null;
  procedure: string;
  selected: boolean;
  faults: { article?: string | undefined; text?: string | undefined };
  onSelect: () => void;
  onChange: (change: Partial<DraftRemark>) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation(['committee', 'common']);
  const at = `remark-${remark.key}`;
  return (
    <fieldset className={classes.remark} data-selected={selected} onFocus={onSelect}>
      <legend>{t('remark.title', { number })}</legend>
      <div className={classes.place}>
        <Button
          size="compact-sm"
          variant={selected ? 'light' : 'default'}
          leftSection={<IconMapPin size={16} aria-hidden="true" />}
          onClick={onSelect}
        >
          <span className={classes.label}>
            <bdi>{pieceName}</bdi>
            {remark.zone !== undefined && ` · ${t(`remark.zone.${remark.zone.kind}`)}`}
          </span>
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('remark.remove', { number })}
          onClick={onRemove}
        >
          <IconTrash size={18} aria-hidden="true" />
        </ActionIcon>
      </div>
      {remark.zone === undefined && (pages ?? 1) > 1 && (
        <NumberInput
          label={t('remark.pageLabel')}
          min={1}
          max={pages ?? 5000}
          allowDecimal={false}
          value={remark.page}
          onChange={(page) => onChange({ page: Number(page) || 1 })}
        />
      )}
      <MotivePicker procedure={procedure} use="remark" onPick={onChange} />
      <TextInput
        id={`${at}-article`}
        label={t('remark.article')}
        description={t('remark.articleHelp')}
        maxLength={200}
        value={remark.article}
        error={faults.article}
        onChange={(event) => onChange({ article: event.currentTarget.value })}
      />
      <Textarea
        id={`${at}-text`}
        label={t('remark.text')}
        resize="vertical"
        rows={4}
        maxLength={4000}
        value={remark.text}
        error={faults.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <Checkbox
        label={t('remark.reserve')}
        checked={remark.reserve}
        onChange={(event) => onChange({ reserve: event.currentTarget.checked })}
      />
    </fieldset>
  );
}
