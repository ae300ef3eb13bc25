import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from './domain/json.ts';
import { sentenceOf } from './gateways/pdf/reasons.ts';
import { type PdfVerification, verifyPdf } from './gateways/pdf/verify.ts';

const USAGE =
  'npm run verify -- <document.pdf> --trust <root.pem> [--sha256 <digest>] [--lang ar|fr|en] [--json]';
const EXIT = { valid: 0, invalid: 1, unreadable: 2 } as const;

const VERDICTS: Record<PdfVerification['status'], Record<Language, string>> = {
  valid: {
    ar: 'الوثيقة صحيحة ولم تتغيّر منذ توقيعها.',
    fr: 'Le document est authentique et inchangé depuis sa signature.',
    en: 'The document is authentic and unchanged since it was signed.',
  },
  invalid: {
    ar: 'الوثيقة غير صحيحة: لا تعتمدوا عليها.',
    fr: "Le document n'est pas valable : ne vous y fiez pas.",
    en: 'The document is not valid: do not rely on it.',
  },
  unreadable: {
    ar: 'تعذّرت قراءة الوثيقة.',
    fr: "Le document n'a pas pu être lu.",
    en: 'The document could not be read.',
  },
};
const SIGNED_BY: Record<Language, string> = { ar: 'الموقّع', fr: 'Signataire', en: 'Signed by' };
const SIGNED_AT: Record<Language, string> = { ar: 'تاريخ التوقيع', fr: 'Date de signature', en: 'Signed at' };
const TEST_KEY: Record<Language, string> = {
  ar: 'تنبيه: وُقّعت بمفتاح تجريبي ليست له قيمة قانونية.',
  fr: 'Attention : signé avec une clé de test, sans valeur légale.',
  en: 'Note: signed with a test key that has no legal value.',
};

/** A mistake in the command itself or a file that cannot be opened. */
class CommandError extends Error {}

function report(found: PdfVerification, language: Language): string {
  const lines = [VERDICTS[found.status][language]];
  for (const reason of found.reasons) lines.push(`- ${sentenceOf(reason, language)}`);
  if (found.signer !== undefined) lines.push(`${SIGNED_BY[language]}: ${found.signer.name}`);
  if (found.signedAt !== undefined) {
    lines.push(`${SIGNED_AT[language]}: \u2066${new Date(found.signedAt).toISOString()}\u2069`);
  }
  if (found.signer?.test === true) lines.push(TEST_KEY[language]);
  return lines.join('\n');
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new CommandError(`تعذّر فتح الملف / Fichier illisible / Cannot open the file: ${path}`, { cause });
  }
}

function readCommand(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        trust: { type: 'string' },
        sha256: { type: 'string' },
        lang: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const languages = LANGUAGES.filter((language) => values.lang === undefined || values.lang === language);
    const [path, ...rest] = positionals;
    if (path === undefined || rest.length > 0 || values.trust === undefined || languages.length === 0) {
      throw new CommandError(USAGE);
    }
    if (values.sha256 !== undefined && !/^[0-9a-fA-F]{64}$/.test(values.sha256))
      throw new CommandError(USAGE);
    return {
      path,
      trust: values.trust,
      expectedSha256: values.sha256?.toLowerCase(),
      languages,
      json: values.json,
    };
  } catch (cause) {
    throw cause instanceof CommandError ? cause : new CommandError(USAGE, { cause });
  }
}

function main(args: string[]): number {
  const command = readCommand(args);
  const rootPem = read(command.trust).toString('utf8');
  let found: PdfVerification;
  try {
    found = verifyPdf(read(command.path), { rootPem, expectedSha256: command.expectedSha256 });
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(`${command.trust}: ${(cause as Error).message}`, { cause });
  }
  if (command.json) {
    const reasons = found.reasons.map((reason) => ({
      ...reason,
      ...Object.fromEntries(command.languages.map((language) => [language, sentenceOf(reason, language)])),
    }));
    const signedAt = found.signedAt === undefined ? null : new Date(found.signedAt).toISOString();
    process.stdout.write(`${JSON.stringify({ file: command.path, ...found, signedAt, reasons }, null, 2)}\n`);
  } else {
    process.stdout.write(`${command.languages.map((language) => report(found, language)).join('\n\n')}\n`);
  }
  return EXIT[found.status];
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT.unreadable;
}
