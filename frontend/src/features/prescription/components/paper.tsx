import { useQuery } from '@tanstack/react-query';
import { patientConsultationsQuery } from '@/lib/consultations';
import type { Prescription } from '@/lib/prescriptions';
import { addressLine } from '@/lib/address';
import type { ChartSummary } from '@/lib/api/types';
import type { Banner } from '@/lib/chart';
import { paperName } from '@/components/clinical/papers';
import { cx } from '@/components/ui/cx';
import { dateOf, formatLongDate, formatPhone, formatTime, patientName } from '@/lib/format';
import { useOffice, useOffices, useZone } from '@/lib/office';
import { useMe } from '@/lib/session';
import { useToday } from '@/lib/today';
import { isOpen } from '../content';
import { FORMATS, type PaperFormat } from '../formats';
import { t } from '../t';
import classes from './paper.module.css';

interface PaperProps {
  prescription: Prescription;
  format: PaperFormat;
  banner: Banner | undefined;
  allergies: ChartSummary['allergies'] | undefined;
}

type Professional = Partial<NonNullable<Prescription['head']>['professional']>;

/** The office of the visit that a draft belongs to; until that is known, the one in use. */
function useOfficeOf({ patient_id: patientId, consultation_id: visit }: Prescription) {
  const offices = useOffices();
  const current = useOffice();
  const notes = useQuery(patientConsultationsQuery(patientId)).data?.items;
  const id = notes?.find((note) => note.id === visit)?.office_id;
  return offices.find((office) => office.id === id) ?? current;
}

/** Who prescribes and where: of a signed receta as it was then, of a draft as it is now. */
function Letterhead({ prescription }: Pick<PaperProps, 'prescription'>) {
  const { head } = prescription;
  const { user, clinic } = useMe();
  const office = useOfficeOf(prescription);
  const who: Professional = head?.professional ?? user;
  const specialty =
    who.specialty && who.specialty_license_number
      ? t('paper.specialty', { name: who.specialty, license: who.specialty_license_number })
      : who.specialty;
  const place = head
    ? [head.establishment.name, head.establishment.address, head.establishment.phone]
    : [clinic.name, office && addressLine(office.address), office?.phone];
  const [name, address, phone] = place;
  return (
    <div className={classes.head}>
      <div>
        <p className={classes.doctor}>{who.full_name}</p>
        {specialty && <p>{specialty}</p>}
        {who.title_institution && <p>{who.title_institution}</p>}
        {who.license_number && <p>{t('paper.license', { license: who.license_number })}</p>}
      </div>
      <div className={classes.place}>
        <p>{name}</p>
        {address && <p>{address}</p>}
        {phone && <p>{formatPhone(phone)}</p>}
      </div>
    </div>
  );
}

function PatientLine({ prescription, banner }: Pick<PaperProps, 'prescription' | 'banner'>) {
  const zone = useZone();
  const today = useToday();
  const { head, signed_at: at, folio } = prescription;
  const name = head?.patient.full_name ?? (banner ? patientName(banner) : '');
  const age = head?.patient.age ?? banner?.age_text;
  const record = head?.patient.record_number ?? banner?.record_number;
  const date = formatLongDate(at === undefined ? today : dateOf(at, zone));
  return (
    <div className={classes.patient}>
      <div>
        <p className={classes.strong}>{name}</p>
        <p>{[age, record && t('paper.record', { record })].filter(Boolean).join(' · ')}</p>
      </div>
      <div className={classes.place}>
        <p>{at === undefined ? date : `${date}, ${formatTime(at, zone)}`}</p>
        <p>{folio === undefined ? t('paper.atSigning') : t('paper.folio', { folio })}</p>
      </div>
    </div>
  );
}

function AllergyLine({ allergies }: Pick<PaperProps, 'allergies'>) {
  if (!allergies) return null;
  const words =
    allergies.status === 'listed'
      ? allergies.items.map(({ substance }) => substance.toLocaleLowerCase('es-MX')).join(', ')
      : t(allergies.status === 'none_known' ? 'paper.noAllergies' : 'paper.notAsked');
  return (
    <p className={classes.allergies} data-listed={allergies.status === 'listed' ? true : undefined}>
      <strong>{t('paper.allergies')}</strong> {words}
    </p>
  );
}

type Sheet = Prescription['sheets'][number];

function Items({ sheet, alerts }: { sheet: Sheet; alerts: Prescription['alerts'] }) {
  const pending = new Set(alerts.filter(isOpen).map(({ item }) => item));
  return (
    <ol className={classes.items}>
      {sheet.items.map(({ item, number, title, lines, legends }) => (
        <li key={item} value={number}>
          <p className={classes.strong}>
            {title}
            {pending.has(item) && <span className={classes.pending}> · {t('paper.pending')}</span>}
          </p>
          {[...lines, ...(legends ?? [])].map((line) => (
            <p key={line}>{line}</p>
          ))}
        </li>
      ))}
    </ol>
  );
}

function Foot({ prescription, n, total }: { prescription: Prescription; n: number; total: number }) {
  const { verification_code: code } = prescription;
  return (
    <div className={classes.foot}>
      <div>
        <p>{t('paper.verify')}</p>
        <p className="identifier">{code ?? t('paper.codeLater')}</p>
      </div>
      <div className={classes.signature}>
        <p>{t('paper.autograph')}</p>
        <p>{t('paper.sheet', { n, total })}</p>
      </div>
    </div>
  );
}

/** The receta as the server prints it: one sheet for each class of the law, in the chosen paper. */
export function Paper({ prescription, format, banner, allergies }: PaperProps) {
  const { sheets, alerts, status, special_form: special } = prescription;
  // While the folio is missing there is nothing to record yet.
  const lacksFolio = alerts.some((alert) => alert.kind === 'fraction_i' && isOpen(alert));
  const shown: readonly Sheet[] = sheets.length === 0 ? [{ items: [] }] : sheets;
  return (
    <div className={classes.papers}>
      {shown.map((sheet, index) => (
        <article key={sheet.label ?? 'rest'} aria-label={t('paper.sheet', { n: index + 1, total: shown.length })} className={cx(classes.sheet, classes[format])}>
          {status === 'voided' && <p className={classes.voided}>{t('paper.voided')}</p>}
          <Letterhead prescription={prescription} />
          <PatientLine prescription={prescription} banner={banner} />
          {sheet.label && <p className={classes.strong}>{sheet.label}</p>}
          <AllergyLine allergies={allergies} />
          {sheet.items.length === 0 ? <p className={classes.quiet}>{t('paper.nothing')}</p> : <Items sheet={sheet} alerts={alerts} />}
          {(sheet.legends ?? []).map((legend) => (
            <p key={legend}>{legend}</p>
          ))}
          <Foot prescription={prescription} n={index + 1} total={shown.length} />
        </article>
      ))}
      {special && special.length > 0 && !lacksFolio && (
        <div className={classes.special}>
          <p className={classes.strong}>{t('paper.specialForm')}</p>
          {special.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
    </div>
  );
}

interface FormatsProps {
  value: PaperFormat;
  onChange: (format: PaperFormat) => void;
}

/** Half letter, letter, or letter with large type. */
export function PaperFormats({ value, onChange }: FormatsProps) {
  return (
    <div role="group" aria-label={t('paper.format')} className={classes.formats}>
      {FORMATS.map((format) => (
        <button
          key={format}
          type="button"
          aria-pressed={format === value}
          className={classes.format}
          onClick={() => {
            onChange(format);
          }}
        >
          {paperName(format)}
        </button>
      ))}
    </div>
  );
}
