import { Button, Progress } from '@mantine/core';
import { IconCamera, IconCircleCheck, IconCircleDashed, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type DragEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schema } from '../api/client.ts';
import { fileSize } from '../app/format.ts';
import { localText } from '../app/language.ts';
import { Name } from '../components/Code.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { acceptOf, LARGEST, MEDIA, mayBe, namesOf, plainName } from './media.ts';
import classes from './PieceUploader.module.css';
import { QualityNotice } from './QualityNotice.tsx';
import { uploadsQuery } from './queries.ts';
import { cancel, dismiss, send, useSending } from './sendings.ts';

/** A piece as the procedure lists it. */
export type Piece = Schema<'Procedure'>['pieces'][number];

export interface PieceUploaderProps {
  /** Identifier of the dossier. */
  dossier: string;
  piece: Pick<Piece, 'code' | 'name' | 'accept' | 'plan' | 'article' | 'kind'>;
  /** The version in force, if there is one. */
  current?: Schema<'Document'> | undefined;
  onUploaded(document: Schema<'Document'>): void;
  disabled?: boolean | undefined;
}

type Unfit = { kind: 'type' | 'size' | 'empty'; name: string };

/**
 * Takes the file of one piece, dropped, chosen or photographed: says what is wanted, how far it has come, what is wrong with
 * it and what to do.
 */
export function PieceUploader({ dossier, piece, current, onUploaded, disabled = false }: PieceUploaderProps) {
  const { t } = useTranslation('documents');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [unfit, setUnfit] = useState<Unfit | null>(null);
  const sending = useSending(dossier, piece.code);
  const uploads = useQuery({ ...uploadsQuery(dossier), enabled: !disabled }).data ?? [];
  const unfinished = sending === null ? uploads.find((one) => one.piece === piece.code) : undefined;
  const name = localText(piece.name);
  const tell = useRef(onUploaded);
  useEffect(() => {
    tell.current = onUploaded;
  }, [onUploaded]);

  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    const kind =
      file.size === 0 ? 'empty' : file.size > LARGEST ? 'size' : mayBe(file, piece.accept) ? null : 'type';
    setUnfit(kind === null ? null : { kind, name: plainName(file.name) });
    if (kind === null) void send(dossier, piece.code, file, (document) => tell.current(document));
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!disabled && !isBusy) take(event.dataTransfer.files[0]);
  };
  const isBusy = sending !== null && sending.error === null;
  const isPhoto = piece.accept.includes('image/jpeg');

  return (
    <section
      className={classes.piece}
      aria-labelledby={`${id}-name`}
      data-state={current === undefined ? 'missing' : 'there'}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!disabled && !isBusy);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={classes.head}>
        {current === undefined ? (
          <IconCircleDashed className={classes.mark} aria-hidden="true" />
        ) : (
          <IconCircleCheck className={classes.mark} data-there aria-hidden="true" />
        )}
        <div>
          <h3 id={`${id}-name`}>{name}</h3>
          <p className={classes.about}>
            {t(`piece.${piece.kind}`)} · <bdi>{piece.article}</bdi> ·{' '}
            {t('piece.accepts', { types: `\u2066${namesOf(piece.accept)}\u2069` })}
          </p>
        </div>
      </div>

      {current !== undefined && <Filed document={current} />}

      {unfit !== null && (
        <p role="alert" className={classes.unfit}>
          {t(`unfit.${unfit.kind}`, {
            name: `\u2068${unfit.name}\u2069`,
            types: `\u2066${namesOf(piece.accept)}\u2069`,
            limit: fileSize(LARGEST),
          })}
        </p>
      )}
      {sending !== null && sending.error !== null && (
        <div>
          <p className={classes.about}>
            <Name>{sending.fileName}</Name>
          </p>
          <ProblemNotice
            error={sending.error}
            kept={current === undefined ? t('refused.nothing') : t('refused.kept')}
          />
        </div>
      )}
      {isBusy && <Way sending={sending} name={name} onCancel={() => void cancel(dossier, piece.code)} />}
      {unfinished !== undefined && (
        <div className={classes.unfinished} role="note">
          <p>
            {t('unfinished.told', {
              name: `\u2068${unfinished.fileName}\u2069`,
              part: `\u2066${Math.floor((unfinished.offset / unfinished.size) * 100)} %\u2069`,
            })}
          </p>
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => void cancel(dossier, piece.code)}
            aria-label={t('unfinished.forgetOf', { name })}
          >
            {t('unfinished.forget')}
          </Button>
        </div>
      )}

      {!disabled && !isBusy && (
        <div className={classes.choose}>
          <Button
            variant={current === undefined ? 'filled' : 'default'}
            leftSection={<IconUpload size={18} aria-hidden="true" />}
            onClick={() => {
              dismiss(dossier, piece.code);
              input.current?.click();
            }}
            aria-describedby={`${id}-name`}
          >
            {t(
              unfinished !== undefined
                ? 'choose.again'
                : current === undefined
                  ? 'choose.file'
                  : 'choose.another',
            )}
          </Button>
          {isPhoto && (
            <Button
              className={classes.photo ?? ''}
              variant="default"
              leftSection={<IconCamera size={18} aria-hidden="true" />}
              onClick={() => camera.current?.click()}
              aria-describedby={`${id}-name`}
            >
              {t('choose.photo')}
            </Button>
          )}
          <span className={classes.drop}>{t('choose.drop')}</span>
        </div>
      )}
      <input
        ref={input}
        type="file"
        hidden
        data-piece={piece.code}
        accept={acceptOf(piece.accept)}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {isPhoto && (
        <input
          ref={camera}
          type="file"
          hidden
          accept={MEDIA['image/jpeg']?.endings.concat('image/jpeg').join(',')}
          capture="environment"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      )}
    </section>
  );
}

/** What is filed now, and what the gate says of it. */
function Filed({ document }: { document: Schema<'Document'> }): ReactNode {
  const { t } = useTranslation('documents');
  return (
    <div className={classes.filed}>
      <p>
        <Link to={`/dossiers/${document.dossier}/documents/${document.id}`}>
          <Name>{document.fileName}</Name>
        </Link>{' '}
        <span className={classes.about}>
          {fileSize(document.size)}
          {document.pages !== null && <> · {t('pages', { count: document.pages })}</>}
          {document.version > 1 && <> · {t('version', { version: document.version })}</>}
        </span>
      </p>
      <QualityNotice document={document} />
    </div>
  );
}

/** How far a file has come. */
function Way({
  sending,
  name,
  onCancel,
}: {
  sending: NonNullable<ReturnType<typeof useSending>>;
  name: string;
  onCancel(): void;
}) {
  const { t } = useTranslation('documents');
  const part = sending.size === 0 ? 0 : (sending.sent / sending.size) * 100;
  return (
    <div className={classes.way} data-phase={sending.phase}>
      <p>
        <Name>{sending.fileName}</Name>
      </p>
      <Progress
        value={part}
        size="lg"
        aria-label={t('way.of', { name })}
        color={sending.phase === 'waiting' ? 'blue' : 'green'}
        transitionDuration={0}
      />
      <div className={classes.wayFoot}>
        <p role="status">
          {t(`way.${sending.phase}`, {
            sent: fileSize(sending.sent),
            size: fileSize(sending.size),
            left: fileSize(sending.size - sending.sent),
          })}
        </p>
        <Button
          variant="default"
          size="compact-md"
          onClick={onCancel}
          aria-label={t('way.cancelOf', { name })}
        >
          {t('way.cancel')}
        </Button>
      </div>
    </div>
  );
}
