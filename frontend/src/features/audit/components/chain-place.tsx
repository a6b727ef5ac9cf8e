import { CopyButton } from '@/components/ui/copy-button';
import { formatInstantExact } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { AuditEventDetail } from '../api';
import { t } from '../t';
import classes from './chain-place.module.css';

type Chain = AuditEventDetail['chain'];

/** «3be2 c5a8 … 10f4» */
function spacedHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`;
}

interface LinkProps {
  title: string;
  hash?: string | undefined;
  own?: boolean;
}

function ChainLink({ title, hash, own }: LinkProps) {
  return (
    <li className={classes.link} data-own={own}>
      <div className={classes.title}>{title}</div>
      {hash && (
        <div className={classes.hash}>
          {spacedHash(hash)}
          <CopyButton value={hash} what={t('detail.copyHash')} />
        </div>
      )}
    </li>
  );
}

/** The event before, this one, and the seal that holds it. */
export function ChainPlace({ chain }: { chain: Chain }) {
  const zone = useZone();
  const { previous, position, hash, seal } = chain;
  return (
    <ol className={classes.chain}>
      {previous && <ChainLink title={t('detail.event', { number: previous.position })} hash={previous.hash} />}
      {position !== undefined && <ChainLink own title={t('detail.event', { number: position })} hash={hash} />}
      {seal ? (
        <ChainLink
          title={t('detail.sealAt', { number: seal.number, when: formatInstantExact(seal.at, zone) })}
          hash={seal.hash}
        />
      ) : (
        <ChainLink title={t('detail.unsealed')} />
      )}
    </ol>
  );
}
