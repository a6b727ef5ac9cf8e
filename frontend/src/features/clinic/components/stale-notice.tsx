import { IconArrowsExchange } from '@tabler/icons-react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { t } from '../t';

/** After a 412: nothing typed is lost; loading the current data is the person's choice. */
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
