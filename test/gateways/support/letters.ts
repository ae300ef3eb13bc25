import type {
  Application,
  Letterhead,
  LicenceData,
  PrintedOpinion,
  SignatureBlock,
  TemplateData,
} from '../../../src/gateways/pdf/templates.ts';

export const letterhead: Letterhead = {
  province: { ar: 'إقليم شفشاون', fr: 'Province de Chefchaouen' },
  commune: { ar: 'شفشاون', fr: 'Chefchaouen' },
  number: '01.151.01.01-PC-2026-00412',
  date: '2026-11-23',
  test: true,
};

export const application: Application = {
  number: '01.151.01.01-PC-2026-00412',
  filedOn: '2026-11-02',
  procedure: { ar: 'رخصة البناء – المشاريع الصغرى', fr: 'Permis de construire – petits projets' },
  applicant: 'Demandeur Exemple',
  applicantAr: 'صاحب طلب (مثال)',
  architect: 'Architecte Exemple, CNOA n° 0000',
  works: { ar: 'بناء سكن فردي (R+2)', fr: "Construction d'une habitation individuelle R+2" },
  address: 'تجزئة الأمل، القطعة 17-B، شفشاون',
  landReference: 'TF 12345/61',
  facts: [{ label: { ar: 'المساحة المغطاة', fr: 'Surface couverte' }, value: '180 m²' }],
};

export const signature: SignatureBlock = {
  name: 'رئيس مثال',
  title: { ar: 'رئيس مجلس جماعة شفشاون', fr: 'Président du conseil communal de Chefchaouen' },
  on: '2026-11-23T10:50',
};

export const opinions: PrintedOpinion[] = [
  {
    body: { ar: 'الوكالة الحضرية لتطوان', fr: 'Agence urbaine de Tétouan' },
    value: 'favourable',
    on: '2026-11-10',
  },
  {
    body: { ar: 'جماعة شفشاون', fr: 'Commune de Chefchaouen' },
    value: 'favourableWithReserves',
    on: '2026-11-12',
    member: 'عضو مثال',
    observations: 'يجب احترام الارتفاق من جهة الطريق.',
    remarks: [
      {
        document: { ar: 'التصميم المعماري', fr: 'Plan architectural' },
        page: 2,
        article: 'RGC 38',
        text: 'Le recul latéral doit être de 3,00 m.',
      },
    ],
  },
  { body: { ar: 'إقليم شفشاون', fr: 'Province de Chefchaouen' }, value: 'silent', on: '2026-11-15' },
];

export const licence: LicenceData = {
  ...letterhead,
  application,
  signature,
  verifyUrl: 'https://permits.example.org/verify/4F7KQ2M9XT3BHZ6WNPVC',
  minutesOn: '2026-11-16',
  opinions,
  tax: { amount: '3 600,00', receipt: 'Q-2026-0981', paidOn: '2026-11-20' },
  plans: [
    {
      piece: { ar: 'التصميم المعماري', fr: 'Plan architectural' },
      fileName: 'plan-architectural.pdf',
      version: 2,
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
  ],
  reservesAnsweredOn: '2026-11-19',
  conditions: ['احترام عرض الممر 1.20 متر.', 'Poser un dispositif anti-refoulement.'],
};

/** One example of every letter. */
export const letters: TemplateData = {
  licence,
  refusal: {
    ...letterhead,
    application,
    signature,
    verifyUrl: licence.verifyUrl,
    minutesOn: null,
    opinions,
    reasons: [{ article: 'L 12-90, 43', text: 'ارتفاع البناية يتجاوز العلو المسموح به.' }],
    appeal: 'Recours gracieux au secrétariat du conseil.',
  },
  modification: {
    ...letterhead,
    application,
    signature,
    verifyUrl: licence.verifyUrl,
    minutesOn: '2026-11-16',
    opinions,
    remarks: [{ document: 'plan.pdf', page: 1, article: 'RGC 37', text: 'Indiquer les cotes des seuils.' }],
    reasons: [],
    message: 'المرجو إيداع الصيغة الجديدة من التصميم المعماري 17-B.',
  },
  filingRejection: {
    ...letterhead,
    application,
    missing: [
      { piece: { ar: 'شهادة الملكية', fr: 'Certificat de propriété' }, basis: 'RGC 32-33 ; loi 55-19' },
    ],
    signature: null,
  },
  receipt: {
    ...letterhead,
    application,
    receivedAt: '2026-11-02T10:15',
    answerBy: '2026-11-17',
    timeLimit: { ar: '15 يوما', fr: '15 jours' },
    legalBasis: 'Arrêté conjoint (BO du 13 juillet 2023)',
    pieces: licence.plans,
    followUrl: null,
    followSecret: null,
  },
  minutes: {
    ...letterhead,
    application,
    round: 1,
    drawnUpOn: '2026-11-16',
    opinions,
    conclusion: { ar: 'رأي موافق', fr: 'Avis favorable' },
    secretary: null,
  },
};
