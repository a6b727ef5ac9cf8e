import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Banner } from '@/components/ui/banner';
import { Button, IconButton } from '@/components/ui/button';
import { useIsPhone } from '@/components/ui/use-media';
import classes from './notices.module.css';

interface NoticeProps {
  family: 'red' | 'amber' | 'blue';
  icon: ReactNode;
  title: string;
  /** The title on a phone, where it stands alone in one line. */
  short: string;
  text: string;
  /** Puts it off; absent where it cannot be. */
  later?: { label: string; onLater: () => void };
  /** The button that does what is asked. */
  action: ReactNode;
}

/** One notice above the page: on a phone a line with its button, so that the page itself is still seen. */
export function Notice({ family, icon, title, short, text, later, action }: NoticeProps) {
  const isPhone = useIsPhone();
  const acts = isPhone ? (
    <>
      {action}
      {later && <IconButton label={later.label} icon={<IconX aria-hidden />} onClick={later.onLater} />}
    </>
  ) : (
    <>
      {later && (
        <Button size="s" variant="ghost" onClick={later.onLater}>
          {later.label}
        </Button>
      )}
      {action}
    </>
  );
  return (
    <div className={classes.notice}>
      <Banner line={isPhone} family={family} icon={icon} title={isPhone ? short : title} action={acts}>
        {!isPhone && text}
      </Banner>
    </div>
  );
}
