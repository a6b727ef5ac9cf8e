import classes from './avatar.module.css';
import { cx } from './cx';

const FAMILIES = ['teal', 'blue', 'amber', 'violet', 'green'] as const;

/** The same person has the same colour everywhere; it means nothing else. */
function familyOf(seed: string): string {
  let sum = 0;
  for (const character of seed) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return FAMILIES[sum % FAMILIES.length] ?? 'teal';
}

interface AvatarProps {
  initials: string;
  /** What chooses the colour: the person's id. */
  seed: string;
  size?: 's' | 'm' | 'l';
}

/** Initials in a circle. Always beside the name, so it is hidden from screen readers. */
export function Avatar({ initials, seed, size = 'm' }: AvatarProps) {
  return (
    <span aria-hidden className={cx(classes.avatar, classes[size], classes[familyOf(seed)])}>
      {initials}
    </span>
  );
}
