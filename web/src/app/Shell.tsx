import { ActionIcon, Burger, Drawer, Menu, useDirection, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { IconLanguage, IconLogin2, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Link,
  NavLink,
  Outlet,
  ScrollRestoration,
  useLocation,
  useMatches,
  useNavigation,
} from 'react-router';
import { holds, isOfficial, useMe, useSession } from '../api/queries.ts';
import { session } from '../api/session.ts';
import { KeyHelp } from '../components/keys.tsx';
import { Loading } from '../components/Loading.tsx';
import { Star } from '../components/Star.tsx';
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from './language.ts';
import classes from './Shell.module.css';
import { SignInAgain } from './SignInAgain.tsx';
import { nav } from './spaces.ts';
import { tools } from './tools.ts';

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
  const density = wanted !== 'byRole' ? wanted : isOfficial(me) ? 'office' : 'citizen';
  const { state } = useNavigation();
  const [menuOpened, menu] = useDisclosure();
  const { pathname } = useLocation();
  useEffect(() => setDirection(i18n.language === 'ar' ? 'rtl' : 'ltr'), [i18n.language, setDirection]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu.
  useEffect(() => menu.close(), [pathname]);

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
            onClick={menu.toggle}
            aria-label={t('nav.open')}
            aria-expanded={menuOpened}
          />
        </div>
        <Drawer
          opened={menuOpened}
          onClose={menu.close}
          title={t('product')}
          size="xs"
          position={i18n.dir() === 'rtl' ? 'left' : 'right'}
          closeButtonProps={{ 'aria-label': t('action.close') }}
        >
          <nav className={classes.drawer} aria-label={t('nav.label')}>
            <Links />
          </nav>
        </Drawer>
      </header>
      <div className={classes.progress} data-busy={state !== 'idle'} aria-hidden="true" />
      <main id="content" tabIndex={-1} className={classes.content} data-busy={state !== 'idle'}>
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
      <SignInAgain />
      <KeyHelp />
      <Notifications position="bottom-center" containerWidth={440} />
      <ScrollRestoration />
    </div>
  );
}

function Links() {
  const { t } = useTranslation();
  const me = useMe();
  const shown = nav.filter((entry) =>
    entry.for === 'public' ? true : me === null ? false : entry.for === 'any' || holds(me, ...entry.for),
  );
  return shown.map(({ to, label }) => (
    <NavLink key={to} to={to} className={({ isActive }) => (isActive ? classes.active : '') ?? ''}>
      {t(`nav.${label}`)}
    </NavLink>
  ));
}

function Languages() {
  const { t, i18n } = useTranslation();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('language.choose')}>
          <IconLanguage aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((one) => (
          <Menu.Item
            key={one}
            lang={one}
            dir={one === 'ar' ? 'rtl' : 'ltr'}
            aria-current={one === (i18n.language as Language)}
            onClick={() => void chooseLanguage(one)}
          >
            {LANGUAGE_NAMES[one]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Colours() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('colours.choose')}>
          <IconSun aria-hidden="true" className={classes.sun} />
          <IconMoon aria-hidden="true" className={classes.moon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(['light', 'dark', 'auto'] as const).map((one) => (
          <Menu.Item key={one} onClick={() => setColorScheme(one)}>
            {t(`colours.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Person() {
  const { t } = useTranslation();
  const me = useMe();
  const state = useSession();
  if (me === null || state === 'anonymous') {
    return (
      <ActionIcon
        component={Link}
        to="/sign-in"
        variant="subtle"
        color="green"
        size="lg"
        aria-label={t('account.signIn')}
      >
        <IconLogin2 aria-hidden="true" />
      </ActionIcon>
    );
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('account.menu')}>
          <IconUserCircle aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <bdi>{me.name}</bdi>
        </Menu.Label>
        <Menu.Item component={Link} to="/account">
          {t('account.profile')}
        </Menu.Item>
        <Menu.Item onClick={() => void session.signOut()}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
