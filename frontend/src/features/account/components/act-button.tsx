import { Button } from '@/components/ui/button';
import { useOneAtATime } from '@/lib/one-at-a-time';

interface ActButtonProps {
  label: string;
  /** What the act is done to, for who hears the button away from its line. */
  of?: string;
  variant?: 'default' | 'ghost';
  /** Runs once at a time; a failure is told by whoever runs it. */
  onAct: () => Promise<unknown>;
  loading?: boolean;
}

/** A small button of a line, whose name says what it acts on. */
export function ActButton({ label, of, variant = 'default', onAct, loading = false }: ActButtonProps) {
  const once = useOneAtATime();
  return (
    <Button
      size="s"
      variant={variant}
      loading={loading}
      onClick={() => {
        once(onAct);
      }}
    >
      {label} {of !== undefined && <span className="visually-hidden">{of}</span>}
    </Button>
  );
}
