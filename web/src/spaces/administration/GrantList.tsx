import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Administration.module.css';
import { BODY_ROLES, covers, type Grant, ROLES, type Role, usePlaces } from './queries.ts';

/** A grant in words: what, where, for whom. */
export function useGrantWords(): (grant: Grant) => string {
  const { t } = useTranslation('administration');
  const places = usePlaces();
  return ({ role, territory, body }) =>
    [t(`role.${role}`), places.territory(territory), ...(body === null ? [] : [places.body(body)])].join(
      ' · ',
    );
}

/** The grants of an account, with adding and taking away. */
export function GrantList({ grants, onChange }: { grants: Grant[]; onChange: (grants: Grant[]) => void }) {
  const { t } = useTranslation('administration');
  const places = usePlaces();
  const words = useGrantWords();
  const [role, setRole] = useState<Role | null>(null);
  const [territory, setTerritory] = useState<string | null>(null);
  const [body, setBody] = useState<string | null>(null);
  const [asked, ask] = useState(false);
  const needsBody = role !== null && BODY_ROLES.includes(role);
  const bodies = places.bodies.filter(
    (one) =>
      one.active &&
      (territory === null || one.territories.some((own) => covers(own, territory) || covers(territory, own))),
  );
  const missing = {
    role: role === null,
    territory: territory === null,
    body: needsBody && body === null,
  };
  const add = () => {
    ask(true);
    if (role === null || territory === null || missing.body) return;
    const grant: Grant = { role, territory, body: needsBody ? body : null };
    const known = grants.some(
      (one) => one.role === grant.role && one.territory === grant.territory && one.body === grant.body,
    );
    if (!known) onChange([...grants, grant]);
    setRole(null);
    setTerritory(null);
    setBody(null);
    ask(false);
  };
  return (
    <fieldset className={classes.grants}>
      <legend>{t('grants.title')}</legend>
      {grants.length === 0 ? (
        <p className={classes.soft}>{t('grants.none')}</p>
      ) : (
        <ul>
          {grants.map((grant) => (
            <li key={`${grant.role} ${grant.territory} ${grant.body}`}>
              <bdi>{words(grant)}</bdi>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t('grants.remove', { grant: words(grant) })}
                onClick={() => onChange(grants.filter((one) => one !== grant))}
              >
                <IconTrash size={18} aria-hidden="true" />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.fields}>
        <Select
          label={t('grants.role')}
          data={ROLES.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          value={role}
          onChange={(value) => {
            setRole(value as Role | null);
            setBody(null);
          }}
          error={asked && missing.role ? t('needed') : null}
        />
        <Select
          label={t('grants.territory')}
          data={places.choices}
          value={territory}
          onChange={(value) => {
            setTerritory(value);
            setBody(null);
          }}
          searchable
          limit={60}
          nothingFoundMessage={t('nothingFound')}
          error={asked && missing.territory ? t('needed') : null}
        />
        {needsBody && (
          <Select
            label={t('grants.body')}
            data={bodies.map((one) => ({ value: one.id, label: places.body(one.id) }))}
            value={body}
            onChange={setBody}
            searchable
            limit={60}
            nothingFoundMessage={t('grants.noBody')}
            error={asked && missing.body ? t('needed') : null}
          />
        )}
        <Button variant="default" leftSection={<IconPlus size={18} aria-hidden="true" />} onClick={add}>
          {t('grants.add')}
        </Button>
      </div>
    </fieldset>
  );
}
