import { ActionIcon, Drawer, Menu, useMantineColorScheme } from '@mantine/core';
import { IconLanguage, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '../api/queries.ts';
import { session } from '../api/session.ts';
import { Links } from './Links.tsx';
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from './language.ts';
import classes from './Shell.module.css';

/** The frame's menus, fetched when the first of them is opened: most visits open none. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  return (
    <Menu position="bottom-end" withinPortal defaultOpened>
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

/** Light, dark, or as the device. */
export function ColourMenu() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" withinPortal defaultOpened>
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

/** Who is signed in: profile and signing out. */
export function PersonMenu() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Menu position="bottom-end" withinPortal defaultOpened>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('account.menu')}>
          <IconUserCircle aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <bdi>{me?.name}</bdi>
        </Menu.Label>
        <Menu.Item component={Link} to="/account">
          {t('account.profile')}
        </Menu.Item>
        <Menu.Item onClick={() => void session.signOut()}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The links of the top bar, on a narrow screen. */
export function LinksDrawer({ opened, close }: { opened: boolean; close: () => void }) {
  const { t, i18n } = useTranslation();
  return (
    <Drawer
      opened={opened}
      onClose={close}
      title={t('product')}
      size="xs"
      position={i18n.dir() === 'rtl' ? 'left' : 'right'}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <nav className={classes.drawer} aria-label={t('nav.label')}>
        <Links />
      </nav>
    </Drawer>
  );
}
