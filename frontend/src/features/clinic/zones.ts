import { t } from './t';

/** Mexico's time zones by their IANA names, said by the places that use them. */
export const ZONES = [
  { value: 'America/Mexico_City', label: t('zones.mexicoCity') },
  { value: 'America/Monterrey', label: t('zones.monterrey') },
  { value: 'America/Merida', label: t('zones.merida') },
  { value: 'America/Cancun', label: t('zones.cancun') },
  { value: 'America/Chihuahua', label: t('zones.chihuahua') },
  { value: 'America/Ojinaga', label: t('zones.ojinaga') },
  { value: 'America/Ciudad_Juarez', label: t('zones.ciudadJuarez') },
  { value: 'America/Matamoros', label: t('zones.matamoros') },
  { value: 'America/Mazatlan', label: t('zones.mazatlan') },
  { value: 'America/Bahia_Banderas', label: t('zones.bahiaBanderas') },
  { value: 'America/Hermosillo', label: t('zones.hermosillo') },
  { value: 'America/Tijuana', label: t('zones.tijuana') },
];

/** The browser's zone when it is one of Mexico's, else the centre's. */
export function likelyZone(): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return ZONES.some((zone) => zone.value === own) ? own : 'America/Mexico_City';
}
