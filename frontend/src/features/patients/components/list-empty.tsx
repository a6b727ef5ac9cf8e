import { IconArchive, IconShieldCheck, IconUserPlus, IconUserSearch } from '@tabler/icons-react';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { paths } from '@/config/paths';
import { useCan } from '@/lib/permissions';
import { offerRegistration } from '@/lib/register-as';
import type { ListFilter } from '../api';
import { t } from '../t';

function RegisterAction({ name }: { name: string }) {
  return (
    <ButtonLink
      to={paths.newPatient}
      variant="primary"
      icon={<IconUserPlus stroke={1.7} aria-hidden />}
      onClick={() => {
        if (name !== '') offerRegistration(name);
      }}
    >
      {name === '' ? t('list.register') : t('list.registerNamed', { name })}
    </ButtonLink>
  );
}

function wordsFor({ text, archived, withoutConsent }: ListFilter) {
  const query = text.trim();
  if (query !== '') {
    return { icon: <IconUserSearch />, title: t('empty.notFound', { query }), text: t('empty.notFoundText') };
  }
  if (withoutConsent) {
    return { icon: <IconShieldCheck />, title: t('empty.consent'), text: t('empty.consentText') };
  }
  if (archived) return { icon: <IconArchive />, title: t('empty.archived'), text: t('empty.archivedText') };
  return { icon: <IconUserPlus />, title: t('empty.first'), text: t('empty.firstText') };
}

/** Nobody to show: what that means here, and the way on. */
export function ListEmpty({ filter }: { filter: ListFilter }) {
  const can = useCan();
  const { icon, title, text } = wordsFor(filter);
  const query = filter.text.trim();
  const offers = can('patient:write') && (query !== '' || !(filter.archived || filter.withoutConsent));
  return (
    <Card>
      <EmptyState icon={icon} title={title} actions={offers ? <RegisterAction name={query} /> : undefined}>
        {text}
      </EmptyState>
    </Card>
  );
}
