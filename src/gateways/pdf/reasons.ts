import type { Language } from '../../domain/json.ts';

type Sentences = Record<Language, string>;

/** Why a document is not valid, or cannot be read at all: one sentence each, `{…}` stands for a parameter. */
export const REASONS = {
  NOT_A_PDF: {
    ar: 'هذا الملف ليس وثيقة PDF.',
    fr: "Ce fichier n'est pas un document PDF.",
    en: 'This file is not a PDF document.',
  },
  TRUNCATED: {
    ar: 'الملف مبتور: نهايته ناقصة.',
    fr: 'Le fichier est tronqué : il manque la fin.',
    en: 'The file is truncated: its end is missing.',
  },
  TOO_LARGE: {
    ar: 'الملف أكبر من أن يُفحص.',
    fr: 'Le fichier est trop grand pour être vérifié.',
    en: 'The file is too large to be checked.',
  },
  BROKEN_STRUCTURE: {
    ar: 'بنية الوثيقة معطوبة ولا يمكن قراءتها.',
    fr: 'La structure du document est abîmée et ne peut pas être lue.',
    en: 'The structure of the document is damaged and cannot be read.',
  },
  NOT_SIGNED: {
    ar: 'لا تحمل الوثيقة أي توقيع إلكتروني.',
    fr: 'Le document ne porte aucune signature électronique.',
    en: 'The document carries no electronic signature.',
  },
  CHANGED_AFTER_SIGNING: {
    ar: 'أُضيف محتوى إلى الوثيقة بعد توقيعها ({bytes} بايت).',
    fr: 'Du contenu a été ajouté au document après sa signature ({bytes} octets).',
    en: 'Content was added to the document after it was signed ({bytes} bytes).',
  },
  RANGE_INCONSISTENT: {
    ar: 'المجال الذي يشمله التوقيع لا يطابق محتوى الملف.',
    fr: 'La plage couverte par la signature ne correspond pas au fichier.',
    en: 'The range covered by the signature does not match the file.',
  },
  MALFORMED_SIGNATURE: {
    ar: 'التوقيع معطوب أو بصيغة غير معروفة.',
    fr: "La signature est abîmée ou d'une forme inconnue.",
    en: 'The signature is damaged or of an unknown form.',
  },
  PADDING_NOT_EMPTY: {
    ar: 'أُدرجت بيانات غريبة بعد التوقيع في المساحة المخصصة له.',
    fr: 'Des données étrangères ont été glissées derrière la signature, dans sa place réservée.',
    en: 'Foreign data were slipped in behind the signature, in the room reserved for it.',
  },
  DIGEST_MISMATCH: {
    ar: 'تغيّر محتوى الوثيقة بعد توقيعها.',
    fr: 'Le contenu du document a changé depuis sa signature.',
    en: 'The content of the document has changed since it was signed.',
  },
  SIGNATURE_MISMATCH: {
    ar: 'التوقيع لا يوافق الشهادة الإلكترونية المرفقة به.',
    fr: 'La signature ne correspond pas au certificat qui l’accompagne.',
    en: 'The signature does not match the certificate that comes with it.',
  },
  WRONG_CERTIFICATE: {
    ar: 'التوقيع لا يسمّي الشهادة الإلكترونية التي وُقّع بها.',
    fr: 'La signature ne désigne pas le certificat avec lequel elle a été faite.',
    en: 'The signature does not name the certificate it was made with.',
  },
  CERTIFICATE_UNREADABLE: {
    ar: 'شهادة الموقّع معطوبة.',
    fr: 'Le certificat du signataire est abîmé.',
    en: "The signatory's certificate is damaged.",
  },
  CERTIFICATE_NOT_FOR_SIGNING: {
    ar: 'شهادة الموقّع غير مخصصة للتوقيع.',
    fr: "Le certificat du signataire n'est pas fait pour signer.",
    en: "The signatory's certificate is not meant for signing.",
  },
  CERTIFICATE_EXPIRED: {
    ar: 'شهادة الموقّع غير صالحة في تاريخ التوقيع أو اليوم.',
    fr: "Le certificat du signataire n'est pas valable à la date de la signature ou aujourd'hui.",
    en: "The signatory's certificate is not valid at the time of signing or today.",
  },
  FOREIGN_CERTIFICATE: {
    ar: 'أُرفقت بالتوقيع شهادة غريبة عن سلسلة شهادات الموقّع.',
    fr: "La signature est accompagnée d'un certificat étranger à la chaîne du signataire.",
    en: "The signature comes with a certificate foreign to the signatory's chain.",
  },
  UNTRUSTED_ROOT: {
    ar: 'وُقّعت الوثيقة بشهادة لم تصدر عن الجهة الموثوقة.',
    fr: "Le document est signé avec un certificat qui ne vient pas de l'autorité de confiance.",
    en: 'The document is signed with a certificate that the trusted authority did not issue.',
  },
  SIGNING_TIME_MISSING: {
    ar: 'لا يذكر التوقيع تاريخه.',
    fr: 'La signature ne dit pas sa date.',
    en: 'The signature does not state its date.',
  },
  DIFFERENT_FILE: {
    ar: 'هذا الملف ليس النسخة المحفوظة لدى الإدارة (البصمة SHA-256 مختلفة).',
    fr: "Ce fichier n'est pas l'exemplaire conservé par l'administration (empreinte SHA-256 différente).",
    en: 'This file is not the copy kept by the administration (its SHA-256 digest differs).',
  },
} as const satisfies Record<string, Sentences>;

export type ReasonCode = keyof typeof REASONS;

/** One reason with what fills its sentence. */
export interface Reason {
  code: ReasonCode;
  params: Record<string, string | number>;
}

/** Says a reason in one language. */
export function sentenceOf(reason: Reason, language: Language): string {
  return REASONS[reason.code][language].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(reason.params[name] ?? ''),
  );
}
