import { Burger, useDirection } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLanguage, IconLogin2, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, ScrollRestoration, useLocation, useMatches, useNavigation } from 'react-router';
import { isOfficial, useMe, useSession } from '../api/queries.ts';
import { IconButton } from '../components/IconButton.tsx';
import { KeyHelp } from '../components/keys.tsx';
import { Loading } from '../components/Loading.tsx';
import { Star } from '../components/Star.tsx';
import { Links } from './Links.tsx';
import classes from './Shell.module.css';
import { tools } from './tools.ts';

// What most first visits never use is fetched when it is: menus, the drawer, notices, the dialog of an ended sign-in.
const menus = () => import('./Menus.tsx');
const LanguageMenu = lazy(async () => ({ default: (await menus()).LanguageMenu }));
const ColourMenu = lazy(async () => ({ default: (await menus()).ColourMenu }));
const PersonMenu = lazy(async () => ({ default: (await menus()).PersonMenu }));
const LinksDrawer = lazy(async () => ({ default: (await menus()).LinksDrawer }));
const Notices = lazy(async () => ({ default: (await import('./Notices.tsx')).Notices }));
const SignInAgain = lazy(async () => ({ default: (await import('./SignInAgain.tsx')).SignInAgain }));

/** What a route may tell the frame: `office` pages are dense and as wide as the screen; `byRole` ones are for officials. */
export interface Handle {
  density?: 'citizen' | 'office' | 'byRole';
}

/** The frame around every page: who we are, where one may go, in which language; and the page. */
export function Shell() {
  const { t, i18n } = useTranslation();
  const { setDirection } = useDirection();
  const wanted = useMatches().reduce<NonNullable<Handle['density']>>(
    (found, { handle }) => (handle as Handle | undefined)?.density ?? found,
    'citizen',
  );
  const me = useMe();
  // Most never see it: it comes when it is needed, and stays to close.
  const expired = useRef(false);
  const session = useSession();
  if (session === 'expired') expired.current = true;
  const density = wanted !== 'byRole' ? wanted : isOfficial(me) ? 'office' : 'citizen';
  const { state } = useNavigation();
  const [menuOpened, menu] = useDisclosure();
  const [drawerWanted, setDrawerWanted] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setDirection(i18n.language === 'ar' ? 'rtl' : 'ltr'), [i18n.language, setDirection]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu.
  useEffect(() => menu.close(), [pathname]);
  // Another page: the link that led to it is gone, and the focus with it. It begins anew where the page does.
  const content = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    if (document.activeElement === document.body) content.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className={classes.frame} data-density={density}>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      {tools.banners.map((Banner) => (
        <Banner key={Banner.name} />
      ))}
      <header className={classes.bar} data-no-print>
        <Link to="/" className={classes.product}>
          <Star size={30} />
          <span>{t('product')}</span>
        </Link>
        <nav className={classes.nav} aria-label={t('nav.label')}>
          <Links />
        </nav>
        <div className={classes.tools}>
          {tools.bar.map((Tool) => (
            <Tool key={Tool.name} />
          ))}
          <Languages />
          <Colours />
          <Person />
          <Burger
            className={classes.burger}
            size="sm"
            opened={menuOpened}
            onClick={() => {
              setDrawerWanted(true);
              menu.toggle();
            }}
            onPointerEnter={() => void menus()}
            aria-label={t('nav.open')}
            aria-expanded={menuOpened}
          />
        </div>
        {drawerWanted && (
          <Suspense fallback={null}>
            <LinksDrawer opened={menuOpened} close={menu.close} />
          </Suspense>
        )}
      </header>
      <div className={classes.progress} data-busy={state !== 'idle'} aria-hidden="true" />
      <main id="content" ref={content} tabIndex={-1} className={classes.content} data-busy={state !== 'idle'}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <footer className={classes.foot} data-no-print>
        <p>{t('tagline')}</p>
        <p>
          <a href="/api/v1/docs/">{t('footer.api')}</a>
        </p>
      </footer>
      <KeyHelp />
      {me !== null && (
        <Suspense fallback={null}>
          <Notices />
        </Suspense>
      )}
      {me !== null && expired.current && (
        <Suspense fallback={null}>
          <SignInAgain />
        </Suspense>
      )}
      <ScrollRestoration />
    </div>
  );
}

/** A button that becomes a menu, opened, when it is first pressed. */
function MenuOnDemand({ label, icon, Menu }: { label: string; icon: ReactNode; Menu: ComponentType }) {
  const [wanted, setWanted] = useState(false);
  const button = (
    <IconButton
      label={label}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWanted(true)}
      onPointerEnter={() => void menus()}
    >
      {icon}
    </IconButton>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <Menu />
    </Suspense>
  );
}

function Languages() {
  const { t } = useTranslation();
  const icon = <IconLanguage aria-hidden="true" />;
  return <MenuOnDemand label={t('language.choose')} icon={icon} Menu={LanguageMenu} />;
}

function Colours() {
  const { t } = useTranslation();
  const icon = (
    <>
      <IconSun aria-hidden="true" className={classes.sun} />
      <IconMoon aria-hidden="true" className={classes.moon} />
    </>
  );
  return <MenuOnDemand label={t('colours.choose')} icon={icon} Menu={ColourMenu} />;
}

function Person() {
  const { t } = useTranslation();
  const me = useMe();
  const state = useSession();
  if (me === null || state === 'anonymous') {
    return (
      <IconButton label={t('account.signIn')} to="/sign-in" accent>
        <IconLogin2 aria-hidden="true" />
      </IconButton>
    );
  }
  const icon = <IconUserCircle aria-hidden="true" />;
  return <MenuOnDemand key={me.id} label={t('account.menu')} icon={icon} Menu={PersonMenu} />;
}
