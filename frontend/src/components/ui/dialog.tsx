import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import { Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '@/lib/t';
import { IconButton } from './button';
import { useFocusReturn } from './use-focus-return';
import classes from './dialog.module.css';

interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Before the title. */
  icon?: ReactNode;
  size?: 's' | 'm' | 'l';
  /** Buttons; the verb of the act last. */
  footer?: ReactNode;
  /** Neither Escape nor a press outside closes it, and there is no closing button. */
  mustAnswer?: boolean;
  children: ReactNode;
}

const WIDTHS = { s: 400, m: 560, l: 820 };

/**
 * A dialog over the page: named by its title, keeps the focus inside and gives it back to who
 * opened it. Mark the first field with `data-autofocus` to begin there. On phones it rises from
 * the lower edge.
 */
export function Dialog({ opened, onClose, title, icon, size = 'm', footer, mustAnswer, children }: DialogProps) {
  const closable = mustAnswer !== true;
  useFocusReturn(opened);
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={WIDTHS[size]}
      lockScroll={false}
      returnFocus={false}
      centered
      closeOnEscape={closable}
      closeOnClickOutside={closable}
      transitionProps={{ duration: 120, transition: 'fade' }}
      classNames={{ inner: classes.inner, content: classes.content }}
    >
      <Modal.Overlay className={classes.overlay} />
      <Modal.Content>
        <div className={classes.header}>
          {icon}
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          {closable && <IconButton label={t('actions.close')} icon={<IconX aria-hidden />} onClick={onClose} />}
        </div>
        <Modal.Body className={classes.body}>{children}</Modal.Body>
        {footer !== undefined && <div className={classes.footer}>{footer}</div>}
      </Modal.Content>
    </Modal.Root>
  );
}
