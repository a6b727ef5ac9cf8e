import { useQuery } from '@tanstack/react-query';
import { Count } from '@/components/ui/chip';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/messages-badge.json';
import { callsCountQuery } from '../calls-count';

// Its own small catalog: the shell must not carry the texts of the whole feature.
const t = translator(texts);

const MOST = 99;

/** How many people wait for a call, beside the menu entry; nothing while nobody does. */
export function CallsBadge() {
  const count = useQuery(callsCountQuery).data?.count ?? 0;
  if (count === 0) return null;
  return (
    <Count family="red">
      {count > MOST ? `${String(MOST)}+` : count}
      <span className="visually-hidden"> {t('calls', { count })}</span>
    </Count>
  );
}
