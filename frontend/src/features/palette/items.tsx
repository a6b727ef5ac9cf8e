import { IconUserPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { patientHref, paths } from '@/config/paths';
import type { PatientListItem } from '@/lib/api/types';
import { formatPhone, initials, patientName, sayAge } from '@/lib/format';
import { offerRegistration } from '@/lib/register-as';
import { plain } from '@/lib/text';
import { markMatches } from './marks';
import classes from './palette.module.css';
import { t } from './t';

/** One line of the palette. */
export interface PaletteItem {
  key: string;
  href: string;
  lead: ReactNode;
  label: ReactNode;
  caption?: string;
  /** Runs before the address opens. */
  prepare?: () => void;
}

export interface PaletteGroup {
  key: string;
  label: string;
  items: readonly PaletteItem[];
}

/** A screen of the menu, given by the shell. */
export interface Place {
  to: string;
  label: string;
  icon: ReactNode;
}

function caption(patient: PatientListItem): string {
  const age = patient.age === undefined ? '' : sayAge(patient.age);
  const phone = patient.phone ? formatPhone(patient.phone) : '';
  return [age, patient.record_number, phone].filter(Boolean).join(' · ');
}

function markedName(name: string, query: string): ReactNode {
  return markMatches(name, query).map((segment, index) =>
    segment.marked ? <mark key={index}>{segment.text}</mark> : <span key={index}>{segment.text}</span>,
  );
}

function patientItem(patient: PatientListItem, query: string): PaletteItem {
  return {
    key: patient.id,
    href: patientHref(patient.id),
    lead: <Avatar initials={initials(patient.given_names, patient.first_surname)} seed={patient.id} />,
    label: markedName(patientName(patient), query),
    caption: caption(patient),
  };
}

function iconLead(icon: ReactNode): ReactNode {
  return <span className={classes.lead}>{icon}</span>;
}

function registerItem(query: string): PaletteItem {
  const name = query.trim();
  return {
    key: 'register',
    href: paths.newPatient,
    lead: iconLead(<IconUserPlus stroke={1.7} aria-hidden />),
    label: name === '' ? t('register') : t('registerNamed', { name }),
    prepare: () => {
      offerRegistration(name);
    },
  };
}

interface Offer {
  query: string;
  patients: readonly PatientListItem[];
  places: readonly Place[];
  canRegister: boolean;
}

/** The groups on show, without the empty ones. */
export function paletteGroups({ query, patients, places, canRegister }: Offer): PaletteGroup[] {
  const wanted = plain(query);
  const shownPlaces = places.filter((place) => plain(place.label).includes(wanted));
  const groups = [
    {
      key: 'patients',
      label: wanted === '' ? t('recent') : t('patients'),
      items: patients.map((patient) => patientItem(patient, query)),
    },
    { key: 'actions', label: t('actions'), items: canRegister ? [registerItem(query)] : [] },
    {
      key: 'places',
      label: t('places'),
      items: shownPlaces.map(({ to, label, icon }) => ({ key: to, href: to, lead: iconLead(icon), label })),
    },
  ];
  return groups.filter((group) => group.items.length > 0);
}
