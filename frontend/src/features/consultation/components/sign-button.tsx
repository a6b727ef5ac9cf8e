import { IconLock } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { isPending, type LiveItem } from '../progress';
import { t } from '../t';
import classes from './sign-button.module.css';

interface SignButtonProps {
  items: readonly LiveItem[];
  /** Whether the number of what is missing stands in the button; on phones the notice beside it says it. */
  withCount: boolean;
  onSign: () => void;
}

/** Signs, or leads to the first part that is missing. */
export function SignButton({ items, withCount, onSign }: SignButtonProps) {
  const missing = items.filter(isPending).length;
  return (
    <Button
      variant="primary"
      icon={<IconLock stroke={1.7} aria-hidden />}
      iconRight={
        withCount && missing > 0 ? <span className={classes.badge}>{t('missing', { count: missing })}</span> : undefined
      }
      onClick={onSign}
    >
      {t('sign')}
    </Button>
  );
}
