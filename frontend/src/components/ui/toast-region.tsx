import { IconAlertCircle, IconCircleCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { t } from '@/lib/t';
import { dismissToast, getToasts, subscribeToToasts, type Toast } from '@/lib/toast';
import { Button, IconButton } from './button';
import classes from './toast-region.module.css';

const SHOWN_MS = 6_000;

const icons = {
  info: <IconInfoCircle aria-hidden />,
  success: <IconCircleCheck aria-hidden />,
  error: <IconAlertCircle aria-hidden />,
};

function ToastCard({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => {
      dismissToast(toast.id);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [held, toast.id]);
  const hold = () => {
    setHeld(true);
  };
  const release = () => {
    setHeld(false);
  };
  return (
    <div
      className={classes.toast}
      data-tone={toast.tone}
      onMouseEnter={hold}
      onMouseLeave={release}
      onFocus={hold}
      onBlur={release}
    >
      {icons[toast.tone]}
      <span className={classes.message}>{toast.message}</span>
      {toast.action && (
        <Button
          size="s"
          onClick={() => {
            toast.action?.run();
            dismissToast(toast.id);
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton
        label={t('actions.close')}
        icon={<IconX aria-hidden />}
        onClick={() => {
          dismissToast(toast.id);
        }}
      />
    </div>
  );
}

/** Where toasts appear; one for the whole app. Waits while the pointer or the focus is on it. */
export function ToastRegion() {
  const toasts = useSyncExternalStore(subscribeToToasts, getToasts);
  return (
    <section aria-label={t('notifications')} aria-live="polite" className={classes.region} data-print="hide">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}
