/** The rules of the gate; each is warned of, never a ground to refuse (law 55-19 lists the pieces, not their scan). */
export const QUALITY_RULES = [
  'blankPage',
  'fewPages',
  'missingPages',
  'sheetSize',
  'resolution',
  'fewPixels',
  'tooDark',
  'faint',
  'skewed',
] as const;
export type QualityRule = (typeof QUALITY_RULES)[number];

/** One thing that makes a file hard to study: what was measured, and what is wanted, as figures. */
export interface QualityFinding {
  rule: QualityRule;
  /** From 1; null when it is about the whole file. */
  page: number | null;
  measured: string;
  wanted: string;
}

/** What the gate said of a file when it was taken. */
export interface Quality {
  verdict: 'ok' | 'warning';
  findings: QualityFinding[];
  /** Version of the thresholds it was held against. */
  rules: string;
}

/** An image that fills most of a page: a scan or a photo. */
export interface ScanMeasure {
  /** Pixels. */
  width: number;
  height: number;
  /** Pixels an inch on the sheet; null when its size on paper is not known. */
  dpi: number | null;
  /** What its pixels say; null when they were not decoded. */
  tone: {
    /** Mean, 0 (black) to 1 (white). */
    brightness: number;
    /** From the darkest ink to the paper, 0 to 1. */
    contrast: number;
    /** Part of the pixels that are darker than the paper. */
    ink: number;
    /** Degrees by which lines lean, when that is certain. */
    skew: number | null;
  } | null;
}

/** What was found on one page, without judgement. */
export interface PageMeasure {
  /** From 1. */
  page: number;
  /** Size on paper; null for images and drawings, which have none. */
  sheet: { widthMm: number; heightMm: number } | null;
  /** `unknown`: could not be drawn within the means given. */
  content: 'none' | 'drawn' | 'scan' | 'unknown';
  scan: ScanMeasure | null;
}

/** What was found in a file, without judgement. */
export interface FileMeasures {
  /** Null when not known. */
  pages: number | null;
  /** The first pages, or all. */
  measured: PageMeasure[];
  /** The number of pages that the last page itself tells ("page 1 of 4"), when it does. */
  announcedPages: number | null;
}

/** Thresholds, by kind of piece. */
export interface QualityRules {
  version: string;
  /** Least pixels an inch of a scan. */
  resolution: { plan: number; other: number };
  /** Least pixels of the longer side of an image that is a piece by itself. */
  pixels: number;
  /** Sheets a plan may have, in mm, either way round; `tolerance` in mm; strips: A heights, up to `longest`. */
  sheets: { sizes: [number, number][]; tolerance: number; longest: number };
  /** Mean brightness below which an image is too dark. */
  dark: number;
  /** Contrast below which what is written is too pale. */
  faint: number;
  /** Degrees from which a page leans too much. */
  skew: number;
  /** Ink, as a part of the page, below which it is blank. */
  blankInk: number;
  /** What a piece asks for itself. */
  pieces: Record<string, { leastPages?: number; pixels?: number }>;
}

/** A scanner's 150 is 149 on a sheet that is a hair larger. */
const NOMINAL = 0.97;

/** How many findings are kept: a person reads no more. */
const MOST = 40;

/** Holds what was measured against the thresholds, in the order of the pages. */
export function judgeQuality(
  measures: FileMeasures,
  piece: { code: string; plan: boolean },
  rules: QualityRules,
): Quality {
  const own = rules.pieces[piece.code] ?? {};
  const findings = [
    ...wholeFile(measures, own.leastPages ?? 1),
    ...measures.measured.flatMap((page) => pageFindings(page, piece.plan, own.pixels ?? rules.pixels, rules)),
  ].slice(0, MOST);
  return { verdict: findings.length === 0 ? 'ok' : 'warning', findings, rules: rules.version };
}

function wholeFile({ pages, announcedPages }: FileMeasures, least: number): QualityFinding[] {
  if (pages === null) return [];
  if (announcedPages !== null && announcedPages > pages) {
    return [{ rule: 'missingPages', page: null, measured: String(pages), wanted: String(announcedPages) }];
  }
  if (pages >= least) return [];
  return [{ rule: 'fewPages', page: null, measured: String(pages), wanted: String(least) }];
}

function pageFindings(
  { page, sheet, content, scan }: PageMeasure,
  isPlan: boolean,
  pixels: number,
  rules: QualityRules,
): QualityFinding[] {
  const findings: QualityFinding[] = [];
  const find = (rule: QualityRule, measured: string, wanted: string): void => {
    findings.push({ rule, page, measured, wanted });
  };
  const tone = scan?.tone ?? null;
  const isBlank = content === 'none' || (tone !== null && tone.ink < rules.blankInk && tone.brightness > 0.5);
  if (isBlank) {
    find('blankPage', percent(tone?.ink ?? 0), percent(rules.blankInk));
    return findings;
  }
  if (isPlan && sheet !== null && !isSheet(sheet, rules.sheets)) {
    find('sheetSize', `${Math.round(sheet.widthMm)} × ${Math.round(sheet.heightMm)} mm`, 'A4–A0');
  }
  if (scan !== null) {
    const wanted = isPlan ? rules.resolution.plan : rules.resolution.other;
    if (scan.dpi !== null && scan.dpi < wanted * NOMINAL)
      find('resolution', `${Math.round(scan.dpi)} dpi`, `${wanted} dpi`);
    const longer = Math.max(scan.width, scan.height);
    if (scan.dpi === null && longer < pixels) find('fewPixels', `${longer} px`, `${pixels} px`);
  }
  if (tone !== null) {
    if (tone.brightness < rules.dark) find('tooDark', percent(tone.brightness), percent(rules.dark));
    else if (tone.contrast < rules.faint) find('faint', percent(tone.contrast), percent(rules.faint));
    if (tone.skew !== null && Math.abs(tone.skew) >= rules.skew) {
      find('skewed', `${Math.abs(tone.skew)}°`, `< ${rules.skew}°`);
    }
  }
  return findings;
}

const percent = (part: number): string => `${Math.round(part * 1000) / 10} %`;

/** An A sheet, or a strip as high as one, folded. */
function isSheet(
  { widthMm, heightMm }: { widthMm: number; heightMm: number },
  { sizes, tolerance, longest }: QualityRules['sheets'],
): boolean {
  const short = Math.min(widthMm, heightMm);
  const long = Math.max(widthMm, heightMm);
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= tolerance;
  return sizes.some(
    ([w, h]) => (near(short, w) && near(long, h)) || (near(short, w) && long > h && long <= longest),
  );
}
