import { IconRefresh } from '@tabler/icons-react';
import { Button } from './button';
import classes from './news-button.module.css';

interface NewsButtonProps {
  /** «2 mensajes nuevos»; left out while there is nothing new. */
  label: string | undefined;
  onShow: () => void;
}

/** Offers what is new above a list, instead of moving what is being read. */
export function NewsButton({ label, onShow }: NewsButtonProps) {
  return (
    <div role="status" className={classes.place}>
      {label !== undefined && (
        <Button size="s" icon={<IconRefresh aria-hidden />} onClick={onShow}>
          {label}
        </Button>
      )}
    </div>
  );
}
