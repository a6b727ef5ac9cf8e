import { IconArrowsExchange } from '@tabler/icons-react';
import { t } from '@/lib/t';
import { Banner } from './banner';
import { Button } from './button';

/**
 * After a 412, above a form without a comparison of its own: what was typed stays until the person
 * chooses to begin again with what the server has.
 */
export function StaleNotice({ onReload }: { onReload: () => void }) {
  return (
    <Banner
      live
      family="amber"
      icon={<IconArrowsExchange aria-hidden />}
      title={t('stale.title')}
      action={
        <Button size="s" onClick={onReload}>
          {t('stale.reload')}
        </Button>
      }
    >
      {t('stale.text')}
    </Banner>
  );
}
