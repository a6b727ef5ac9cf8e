import { IconCopy, IconPrinter } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showToast } from '@/lib/toast';
import { t } from '../t';
import classes from './account.module.css';

/** The recovery codes, this once: to be copied or printed, and the person says that she has them. */
export function CodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    showToast({ tone: 'success', message: t('codes.copied') });
  };
  const footer = (
    <span className={classes.acts} data-print="hide">
      <Button icon={<IconCopy stroke={1.7} aria-hidden />} onClick={() => void copy()}>
        {t('codes.copy')}
      </Button>
      <Button
        icon={<IconPrinter stroke={1.7} aria-hidden />}
        onClick={() => {
          window.print();
        }}
      >
        {t('codes.print')}
      </Button>
      <Button variant="primary" onClick={onClose}>
        {t('codes.done')}
      </Button>
    </span>
  );
  return (
    <Dialog opened mustAnswer onClose={onClose} title={t('codes.title')} footer={footer}>
      <div className={classes.form}>
        <p className={classes.text}>{t('codes.text')}</p>
        <ul className={classes.codes} aria-label={t('codes.list')}>
          {codes.map((code) => (
            <li key={code} className={classes.mono}>
              {code}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
