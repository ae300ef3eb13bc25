import { Alert, Button, CopyButton } from '@mantine/core';
import { IconCopy, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../components/PageHead.tsx';
import { Star } from '../../components/Star.tsx';
import classes from './Administration.module.css';
import type { Account } from './queries.ts';

/**
 * Hands the one-time secret over: shown this once, with a letter in both languages to print and give to the holder. `null`
 * means that an earlier answer, now lost, has told it: a new one must be asked for.
 */
export function HandOver({
  account,
  secret,
  onDone,
}: {
  account: Account;
  secret: string | null;
  onDone: () => void;
}) {
  const { t } = useTranslation('administration');
  return (
    <>
      <div data-no-print>
        <PageHead
          title={t('handOver.title')}
          about={t('handOver.about', { name: `\u2068${account.name}\u2069` })}
          actions={
            <>
              {secret !== null && (
                <>
                  <CopyButton value={secret}>
                    {({ copied, copy }) => (
                      <Button
                        variant="default"
                        leftSection={<IconCopy size={18} aria-hidden="true" />}
                        onClick={copy}
                      >
                        {t(copied ? 'handOver.copied' : 'handOver.copy')}
                      </Button>
                    )}
                  </CopyButton>
                  <Button
                    variant="default"
                    leftSection={<IconPrinter size={18} aria-hidden="true" />}
                    onClick={() => window.print()}
                  >
                    {t('handOver.print')}
                  </Button>
                </>
              )}
              <Button onClick={onDone}>{t('handOver.done')}</Button>
            </>
          }
        />
        <Alert color="yellow" role="status">
          {t(secret === null ? 'handOver.lost' : 'handOver.once')}
        </Alert>
      </div>
      {secret !== null && (
        <article className={classes.letter} aria-label={t('handOver.letter')}>
          <Letter language="ar" account={account} secret={secret} />
          <Letter language="fr" account={account} secret={secret} />
        </article>
      )}
    </>
  );
}

/** The letter is for its holder, in the two languages of the administration, whatever the administrator reads. */
const WORDS = {
  ar: {
    title: 'دعوة إلى فتح حسابكم في «شباك»',
    dear: 'السيد(ة)',
    text: 'فُتح لكم حساب في الشباك الوحيد لرخص التعمير والرخص الاقتصادية. لتسلّمه، افتحوا العنوان أسفله، وأدخلوا الرمز الخاص بكم، ثم اختاروا كلمة مرور لا يعرفها غيركم.',
    address: 'العنوان',
    code: 'الرمز (يستعمل مرة واحدة، صالح لمدة سبعة أيام)',
    email: 'البريد الإلكتروني لتسجيل الدخول',
    care: 'لا يطلب منكم أحد هذا الرمز ولا كلمة المرور، لا بالهاتف ولا بالبريد. بعد استعمال الرمز، أتلفوا هذه الورقة.',
  },
  fr: {
    title: 'Invitation à prendre votre compte sur Shubbak',
    dear: 'Madame, Monsieur',
    text: 'Un compte vous est ouvert au guichet unique des autorisations d’urbanisme et des licences économiques. Pour le prendre, ouvrez l’adresse ci-dessous, saisissez votre code, puis choisissez un mot de passe que vous seul connaissez.',
    address: 'Adresse',
    code: 'Code (à usage unique, valable sept jours)',
    email: 'Adresse électronique de connexion',
    care: 'Personne ne vous demandera ce code ni votre mot de passe, ni par téléphone ni par courrier. Une fois le code utilisé, détruisez cette feuille.',
  },
} as const;

function Letter({ language, account, secret }: { language: 'ar' | 'fr'; account: Account; secret: string }) {
  const words = WORDS[language];
  const name = language === 'ar' ? (account.nameAr ?? account.name) : account.name;
  return (
    <section lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
      <Star size={28} />
      <h2>{words.title}</h2>
      <p>
        {words.dear} <bdi>{name}</bdi>
        {account.jobTitle !== null && (
          <>
            {language === 'ar' ? '، ' : ', '}
            <bdi>{account.jobTitle[language]}</bdi>
          </>
        )}
      </p>
      <p>{words.text}</p>
      <dl>
        <dt>{words.address}</dt>
        <dd>
          <bdi dir="ltr">{`${location.origin}/activate`}</bdi>
        </dd>
        <dt>{words.code}</dt>
        <dd>
          <bdi dir="ltr" className={classes.secret}>
            {secret}
          </bdi>
        </dd>
        <dt>{words.email}</dt>
        <dd>
          <bdi dir="ltr">{account.email}</bdi>
        </dd>
      </dl>
      <p>{words.care}</p>
    </section>
  );
}
