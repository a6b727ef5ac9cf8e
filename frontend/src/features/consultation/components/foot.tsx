import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { KeyHint } from '@/components/ui/key-hint';
import { useIsPhone } from '@/components/ui/use-media';
import { isPending, type LiveItem } from '../progress';
import { t } from '../t';
import classes from './foot.module.css';

function Missing({ items, onGo }: { items: readonly LiveItem[]; onGo: (key: string) => void }) {
  const [first, ...others] = items.filter(isPending);
  if (!first) {
    return (
      <p className={classes.notice} data-ready>
        <IconCircleCheck stroke={1.7} aria-hidden />
        <span>{t('foot.ready')}</span>
      </p>
    );
  }
  const numeral = first.numeral === undefined || first.numeral === '' ? '.' : ` ${t('foot.numeral', { numeral: first.numeral })}`;
  return (
    <p className={classes.notice}>
      <IconAlertTriangle stroke={1.7} aria-hidden />
      <span>
        <strong>{t('foot.missingOne', { title: first.title })}</strong>
        {others.length === 0 ? numeral : ` ${t('foot.missingMore', { count: others.length })}`}{' '}
        <button
          type="button"
          className={classes.go}
          onClick={() => {
            onGo(first.key);
          }}
        >
          {t('foot.go')}
        </button>
      </span>
    </p>
  );
}

interface FootProps {
  items: readonly LiveItem[];
  onGo: (key: string) => void;
  /** On phones, the primary act. */
  act: ReactNode;
}

/** The foot of the editor: what is missing for signing, and the keys that save the hand a way. */
export function Foot({ items, onGo, act }: FootProps) {
  const isPhone = useIsPhone();
  return (
    <div className={classes.foot} data-print="hide">
      <Missing items={items} onGo={onGo} />
      {isPhone ? (
        act
      ) : (
        <p className={classes.keys}>
          <span>
            <KeyHint>{t('foot.control')}</KeyHint>
            <KeyHint>{t('foot.s')}</KeyHint> {t('foot.save')}
          </span>
          <span>
            <KeyHint>{t('foot.control')}</KeyHint>
            <KeyHint>{t('foot.enter')}</KeyHint> {t('foot.sign')}
          </span>
          <span>
            <KeyHint>{t('foot.f2')}</KeyHint> {t('foot.next')}
          </span>
        </p>
      )}
    </div>
  );
}
