import type { LocalizedText } from '../../domain/json.ts';
import type { Bilingual } from '../../gateways/pdf/templates.ts';

/** The two languages that letters print. */
export const bilingual = ({ ar, fr }: LocalizedText): Bilingual => ({ ar, fr });

/** Options of the application form in words, as letters print them. */
export const USES: Record<string, Bilingual> = {
  individualHousing: { ar: 'سكن فردي', fr: 'habitation individuelle' },
  collectiveHousing: { ar: 'سكن جماعي', fr: 'habitation collective' },
  commerce: { ar: 'تجارة', fr: 'commerce' },
  industry: { ar: 'صناعة', fr: 'industrie' },
  professional: { ar: 'استعمال مهني', fr: 'usage professionnel' },
  administrative: { ar: 'استعمال إداري', fr: 'usage administratif' },
  tourism: { ar: 'سياحة', fr: 'tourisme' },
  education: { ar: 'تعليم', fr: 'enseignement' },
  health: { ar: 'صحة', fr: 'santé' },
  sport: { ar: 'رياضة', fr: 'sport' },
  culture: { ar: 'ثقافة', fr: 'culture' },
  mixed: { ar: 'استعمال مختلط', fr: 'usage mixte' },
};

export const NATURES: Record<string, Bilingual> = {
  newBuilding: { ar: 'بناء جديد', fr: 'construction neuve' },
  modification: { ar: 'تغيير بناية', fr: 'modification' },
  extension: { ar: 'توسيع', fr: 'extension' },
  raising: { ar: 'تعلية', fr: 'surélévation' },
  fence: { ar: 'سياج', fr: 'clôture' },
};
