import { Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

/** A text of the diagram: what is typed becomes one step when the field is left, so that it is undone as one. */
export function Field({
  label,
  value,
  onCommit,
  dir = 'auto',
  lang,
  long = false,
  help,
  mono = false,
}: {
  label: string;
  value: string;
  onCommit: (value: string) => void;
  dir?: 'auto' | 'ltr' | 'rtl';
  lang?: string;
  long?: boolean;
  help?: string;
  mono?: boolean;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const commit = () => {
    if (text.trim() !== value) onCommit(text.trim());
  };
  const shared = {
    label,
    dir,
    lang,
    size: 'sm' as const,
    description: help,
    value: text,
    onBlur: commit,
    styles: mono ? { input: { fontFamily: 'ui-monospace, monospace' } } : {},
  };
  return long ? (
    <Textarea {...shared} rows={2} onChange={(event) => setText(event.currentTarget.value)} />
  ) : (
    <TextInput
      {...shared}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
