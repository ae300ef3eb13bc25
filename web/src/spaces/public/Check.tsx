import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rawFetch, type Schema } from '../../api/client.ts';
import { refusalOf } from '../../api/problem.ts';
import { currentLanguage, localText } from '../../app/language.ts';
import { Code, Name } from '../../components/Code.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import press from '../../components/press.module.css';
import classes from './Check.module.css';

type Found = Schema<'FileVerification'>;
const LARGEST = 50 * 1024 * 1024;

/** Tells whether an act is genuine: by the code it carries, or by the file itself. */
export function Check() {
  const { t } = useTranslation(['public', 'common']);
  const [code, setCode] = useState('');
  return (
    <>
      <PageHead title={t('check.title')} about={t('check.about')} />
      <section className={classes.way}>
        <h2>{t('check.byCode')}</h2>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            // The page of an act is the server's own: it is the one that the printed code opens.
            location.assign(`/verify/${encodeURIComponent(code.trim())}?lang=${currentLanguage()}`);
          }}
        >
          <TextInput
            label={t('check.code')}
            description={t('check.codeHelp')}
            dir="ltr"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            minLength={8}
            maxLength={100}
            spellCheck={false}
            autoComplete="off"
            required
          />
          <Button type="submit" mt="sm">
            {t('check.check')}
          </Button>
        </form>
      </section>
      <section className={classes.way}>
        <h2>{t('check.byFile')}</h2>
        <Drop />
      </section>
    </>
  );
}

function Drop() {
  const { t } = useTranslation(['public', 'common']);
  const input = useId();
  const [over, setOver] = useState(false);
  const check = useMutation({
    mutationFn: async (file: File): Promise<{ name: string; found: Found }> => {
      const response = await rawFetch('/verify', {
        method: 'POST',
        headers: { 'content-type': 'application/pdf' },
        body: file,
      });
      if (!response.ok) throw await refusalOf(response);
      return { name: file.name, found: (await response.json()) as Found };
    },
  });
  const [refused, setRefused] = useState<string | null>(null);
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    const why = file.size === 0 ? 'check.empty' : file.size > LARGEST ? 'check.tooLarge' : null;
    setRefused(why === null ? null : t(why));
    if (why === null) check.mutate(file);
    else check.reset();
  };
  return (
    <>
      <label
        htmlFor={input}
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
          take(event.dataTransfer.files[0]);
        }}
      >
        <strong>{t('check.drop')}</strong>
        <span>{t('check.dropHelp')}</span>
        <b className={press.press}>{t('check.choose')}</b>
        <input
          id={input}
          className="hidden-visually"
          type="file"
          accept="application/pdf,.pdf"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <div aria-live="polite">
        {refused !== null && <p className={classes.refused}>{refused}</p>}
        {check.isPending && <p>{t('check.checking')}</p>}
        {check.isError && <ProblemNotice error={check.error} />}
        {check.isSuccess && refused === null && <Verdict {...check.data} />}
      </div>
    </>
  );
}

function Verdict({ name, found }: { name: string; found: Found }) {
  const { t } = useTranslation(['public', 'common']);
  const { result, act, signedAt, test, reasons } = found;
  const marks = { valid: '✓', altered: '✕', unknown: '?' };
  return (
    <article className={classes.verdict} data-result={result}>
      <div className={classes.said}>
        <span aria-hidden="true" className={classes.mark}>
          {marks[result]}
        </span>
        <div>
          <h3>{t(`check.result.${result}`)}</h3>
          <p>{t(`check.help.${result}`)}</p>
        </div>
      </div>
      {test && <p className={classes.test}>{t('check.test')}</p>}
      {reasons.length > 0 && (
        <ul>
          {reasons.map(({ code, message }) => (
            <li key={code}>{message}</li>
          ))}
        </ul>
      )}
      <Facts
        rows={[
          [t('check.file'), <Name key="file">{name}</Name>],
          [t('check.kind'), act && t(`check.kinds.${act.kind}`)],
          [t('check.number'), act && <Code key="number">{act.number}</Code>],
          [t('check.procedure'), act && localText(act.procedure)],
          [t('check.commune'), act && localText(act.commune)],
          [t('check.issuedAt'), act && <Moment key="issued" at={act.issuedAt} as="long" />],
          [t('check.signer'), act?.signer && <Name key="signer">{act.signer}</Name>],
          [
            t('check.signedAt'),
            act === null && signedAt !== null ? <Moment key="signed" at={signedAt} as="long" /> : null,
          ],
        ]}
      />
    </article>
  );
}
