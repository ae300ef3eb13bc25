import type { Account } from '../../api/queries.ts';
import { type Form, type FormSchema, type JsonObject, propertiesOf } from '../../forms/layout.ts';

/**
 * What a new request knows already of the person who makes it. Only fields that the form has are filled in, under the
 * names that forms of procedures share: `owner`, and `professionals.architect`.
 */
export function prefilled(form: Form, me: Account, { ownerEmail }: { ownerEmail?: string }): JsonObject {
  const schema = form.schema as FormSchema;
  const sections = propertiesOf(schema);
  const made: JsonObject = {};
  const owner =
    ownerEmail === undefined
      ? known(sections.owner, {
          kind: me.kind,
          name: me.name,
          nameAr: me.nameAr,
          identityNumber: me.identityNumber,
          phone: me.phone,
          email: me.email,
        })
      : known(sections.owner, { email: ownerEmail });
  if (owner !== null) made.owner = owner;
  if (ownerEmail !== undefined) {
    const architect = known(propertiesOf(sections.professionals ?? {}).architect, {
      name: me.name,
      orderNumber: me.orderNumber,
    });
    if (architect !== null) made.professionals = { architect };
  }
  return made;
}

function known(section: FormSchema | undefined, facts: Record<string, string | null>): JsonObject | null {
  if (section === undefined) return null;
  const fields = propertiesOf(section);
  const kept = Object.entries(facts).filter(
    (fact): fact is [string, string] => fact[1] !== null && fields[fact[0]] !== undefined,
  );
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
