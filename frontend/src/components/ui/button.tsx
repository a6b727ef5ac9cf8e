import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import classes from './button.module.css';
import { cx } from './cx';

interface Look {
  /** One primary button per view; `danger` only for acts that destroy or revoke. */
  variant?: 'primary' | 'default' | 'ghost' | 'danger' | 'danger-text';
  size?: 's' | 'm' | 'l';
  icon?: ReactNode;
  iconRight?: ReactNode;
  fullWidth?: boolean;
}

export interface ButtonProps extends Look, ButtonHTMLAttributes<HTMLButtonElement> {
  /** The act is under way: stays focusable, ignores further presses. */
  loading?: boolean;
  /** Cannot be done yet: stays focusable, and a press must lead to what is missing. */
  blocked?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

function look({ variant = 'default', size = 'm', fullWidth = false }: Look, className?: string): string {
  return cx(classes.button, classes[variant], classes[size], fullWidth && classes.full, className);
}

function Content({ icon, iconRight, children }: Look & { children: ReactNode }) {
  return (
    <>
      {icon}
      <span className={classes.label}>{children}</span>
      {iconRight}
    </>
  );
}

export function Button(props: ButtonProps) {
  const { variant, size, icon, iconRight, fullWidth, loading, blocked, className, children, onClick, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      className={look({ variant, size, fullWidth }, className)}
      aria-disabled={loading === true || blocked === true ? true : undefined}
      aria-busy={loading === true ? true : undefined}
      onClick={(event) => {
        // A second press of a submit button while the first is under way must not submit again.
        if (loading === true) event.preventDefault();
        else onClick?.(event);
      }}
    >
      <Content icon={icon} iconRight={iconRight}>
        {children}
      </Content>
    </button>
  );
}

type AnchorProps = Look & AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> };

function ButtonAnchor({ variant, size, icon, iconRight, fullWidth, className, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={look({ variant, size, fullWidth }, className)}>
      <Content icon={icon} iconRight={iconRight}>
        {children}
      </Content>
    </a>
  );
}

/** A link inside the SPA that looks like a button; takes the router's `to` and `params`. */
export const ButtonLink = createLink(ButtonAnchor);

/** The same for an address outside the router: a document, a download, another site. */
export const ExternalButtonLink = ButtonAnchor;

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> {
  /** What the button does, for who cannot see the icon. */
  label: string;
  icon: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, icon, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} aria-label={label} title={label} className={cx(classes.icon, className)}>
      {icon}
    </button>
  );
}
