import { type Acknowledged, type Base, Person, Refused, send } from './client.ts';

/** A commune of the demonstration, with the bodies that serve it. */
export interface DemoCommune {
  code: string;
  fr: string;
  ar: string;
  province: string;
}

/** The provinces and prefectures of the demonstration, as their bodies are named. */
const PROVINCES: Record<string, Names> = {
  '01.571': { fr: 'Province de Tétouan', ar: 'إقليم تطوان' },
  '01.151': { fr: 'Province de Chefchaouen', ar: 'إقليم شفشاون' },
  '01.331': { fr: 'Province de Larache', ar: 'إقليم العرائش' },
  '01.573': { fr: 'Préfecture de M’Diq-Fnideq', ar: 'عمالة المضيق-الفنيدق' },
  '01.405': { fr: 'Province d’Ouezzane', ar: 'إقليم وزان' },
  '01.511': { fr: 'Préfecture de Tanger-Assilah', ar: 'عمالة طنجة-أصيلة' },
};

/** Who acts in the demonstration, found by role and place. */
export interface People {
  administrator: Person;
  operator: Person;
  registry(commune: string): Person;
  president(commune: string): Person;
  treasurer(commune: string): Person;
  /** The member who speaks for a body. */
  member(body: string): Person;
  secretary(body: string): Person;
  governor(province: string): Person;
  applicant: Person;
  company: Person;
  architect: Person;
}

/** Password of every account of the demonstration: it protects nothing but a throw-away store. */
export const PASSWORD = 'demonstration-shubbak';

type Grant = { role: string; territory: string; body: string | null };

interface Names {
  fr: string;
  ar: string;
}

/**
 * Sets up the offices through the API, as an administrator would: bodies first, then an account for each function.
 * Accounts are named by their function: nobody real is meant.
 */
export async function setUp(
  base: Base,
  ledger: Acknowledged[],
  secret: string,
  communes: DemoCommune[],
  agencies: { id: string; fr: string; ar: string; provinces: string[] }[],
): Promise<People> {
  await activate(base, secret, 'admin@shubbak.invalid');
  const people = findPeople(base, ledger);
  const { administrator } = people;

  // Bodies first, in order; then the accounts, several at a time.
  const openings: (() => Promise<void>)[] = [];
  const official = (email: string, names: Names, title: Names, grants: Grant[]): void => {
    openings.push(() => openOfficial(email, names, title, grants));
  };
  const openOfficial = async (email: string, names: Names, title: Names, grants: Grant[]): Promise<void> => {
    const opened = await administrator.post<{ secret: string }>('/admin/accounts', {
      kind: 'person',
      email,
      name: names.fr,
      nameAr: names.ar,
      language: 'fr',
      jobTitle: title,
      grants,
    });
    await activate(base, opened.secret, email);
  };
  const body = (id: string, kind: string, names: Names, territories: string[]) =>
    administrator.post('/bodies', { id, kind, name: names, territories });

  const provinces = [...new Set(communes.map((commune) => commune.province))];
  for (const province of provinces) {
    const slug = province.replaceAll('.', '-');
    const { fr, ar } = PROVINCES[province] ?? { fr: province, ar: province };
    await body(`province-${slug}`, 'province', { fr, ar }, [province]);
    await body(
      `committee-${slug}`,
      'provincialCommittee',
      { fr: `Comité d’urbanisme, ${fr}`, ar: `لجنة التعمير، ${ar}` },
      [province],
    );
    official(
      `member.province-${slug}@shubbak.invalid`,
      {
        fr: `Représentant, ${fr} (démonstration)`,
        ar: `ممثل ${ar} (تجريبي)`,
      },
      { fr: 'Représentant de la province', ar: 'ممثل الإقليم' },
      [{ role: 'committeeMember', territory: province, body: `province-${slug}` }],
    );
    official(
      `secretary.committee-${slug}@shubbak.invalid`,
      { fr: `Secrétariat du comité, ${fr} (démonstration)`, ar: `كتابة اللجنة، ${ar} (تجريبي)` },
      { fr: 'Secrétariat du comité', ar: 'كتابة اللجنة' },
      [{ role: 'committeeSecretary', territory: province, body: `committee-${slug}` }],
    );
    official(
      `governor.${slug}@shubbak.invalid`,
      { fr: `Gouverneur, ${fr} (démonstration)`, ar: `العامل، ${ar} (تجريبي)` },
      { fr: 'Gouverneur', ar: 'العامل' },
      [{ role: 'governor', territory: province, body: null }],
    );
  }
  for (const agency of agencies) {
    await body(agency.id, 'urbanAgency', { fr: agency.fr, ar: agency.ar }, agency.provinces);
    official(
      `member.${agency.id}@shubbak.invalid`,
      { fr: `Représentant de l'${agency.fr} (démonstration)`, ar: `ممثل ${agency.ar} (تجريبي)` },
      { fr: "Représentant de l'agence urbaine", ar: 'ممثل الوكالة الحضرية' },
      agency.provinces.map((province) => ({ role: 'committeeMember', territory: province, body: agency.id })),
    );
  }
  for (const commune of communes) {
    const slug = commune.code.replaceAll('.', '-');
    await body(`commune-${slug}`, 'commune', { fr: `Commune de ${commune.fr}`, ar: `جماعة ${commune.ar}` }, [
      commune.code,
    ]);
    await body(
      `desk-${slug}`,
      'oneStopShop',
      { fr: `Guichet unique de ${commune.fr}`, ar: `الشباك الوحيد ${commune.ar}` },
      [commune.code],
    );
    const functions: [string, Names, Grant][] = [
      ['registry', { fr: "Bureau d'ordre", ar: 'مكتب الضبط' }, grant('registryOfficer', commune.code)],
      [
        'president',
        { fr: 'Président du conseil communal', ar: 'رئيس مجلس الجماعة' },
        grant('president', commune.code),
      ],
      ['treasurer', { fr: 'Régisseur communal', ar: 'شسيع المداخيل' }, grant('treasurer', commune.code)],
      [
        'member',
        { fr: 'Représentant de la commune', ar: 'ممثل الجماعة' },
        { ...grant('committeeMember', commune.code), body: `commune-${slug}` },
      ],
      [
        'secretary',
        { fr: 'Secrétariat du guichet', ar: 'كتابة الشباك' },
        { ...grant('committeeSecretary', commune.code), body: `desk-${slug}` },
      ],
    ];
    for (const [key, title, held] of functions) {
      const place = key === 'member' ? `commune-${slug}` : key === 'secretary' ? `desk-${slug}` : slug;
      official(
        `${key}.${place}@shubbak.invalid`,
        { fr: `${title.fr}, ${commune.fr} (démonstration)`, ar: `${title.ar}، ${commune.ar} (تجريبي)` },
        title,
        [held],
      );
    }
  }
  official(
    'operator@shubbak.invalid',
    { fr: 'Exploitation (démonstration)', ar: 'التشغيل (تجريبي)' },
    { fr: 'Exploitation', ar: 'التشغيل' },
    [grant('operator', '*'), grant('analyst', '*')],
  );
  for (let next = openings.splice(0, 6); next.length > 0; next = openings.splice(0, 6)) {
    await Promise.all(next.map((open) => open()));
  }
  await register(
    base,
    ledger,
    'applicant@shubbak.invalid',
    'applicant',
    'person',
    'Demandeur (démonstration)',
  );
  await register(base, ledger, 'company@shubbak.invalid', 'applicant', 'company', 'Société (démonstration)');
  await register(
    base,
    ledger,
    'architect@shubbak.invalid',
    'architect',
    'person',
    'Architecte (démonstration)',
  );
  return people;
}

/** The people of an office that is set up already. */
export function findPeople(base: Base, ledger: Acknowledged[]): People {
  const all = new Map<string, Person>();
  const person = (email: string): Person => {
    const found = all.get(email) ?? new Person(base, ledger, email, PASSWORD);
    all.set(email, found);
    return found;
  };
  const at = (key: string, place: string) => person(`${key}.${place.replaceAll('.', '-')}@shubbak.invalid`);
  return {
    administrator: person('admin@shubbak.invalid'),
    operator: person('operator@shubbak.invalid'),
    registry: (commune) => at('registry', commune),
    president: (commune) => at('president', commune),
    treasurer: (commune) => at('treasurer', commune),
    member: (id) => at('member', id),
    secretary: (id) => at('secretary', id),
    governor: (province) => at('governor', province),
    applicant: person('applicant@shubbak.invalid'),
    company: person('company@shubbak.invalid'),
    architect: person('architect@shubbak.invalid'),
  };
}

const grant = (role: string, territory: string): Grant => ({ role, territory, body: null });

/** Takes an account with its one-time secret; when the answer was lost, signing in tells that it had worked. */
async function activate(base: Base, secret: string, email: string): Promise<void> {
  try {
    await send(base, [], email, 'POST', '/accounts/activation', {
      body: { secret, password: PASSWORD },
      once: true,
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await send(base, [], email, 'POST', '/sessions', { body: { email, password: PASSWORD } });
  }
}

async function register(
  base: Base,
  ledger: Acknowledged[],
  email: string,
  role: 'applicant' | 'architect',
  kind: 'person' | 'company',
  name: string,
): Promise<void> {
  const body = {
    kind,
    role,
    email,
    password: PASSWORD,
    name,
    language: 'fr',
    ...(role === 'architect' ? { orderNumber: 'DEMO-1' } : {}),
    ...(kind === 'company' ? { identityNumber: '00000' } : {}),
  };
  try {
    await send(base, ledger, email, 'POST', '/accounts', { body, once: true });
  } catch (error) {
    if (!(error instanceof Refused && error.code === 'EMAIL_TAKEN')) throw error;
  }
}
