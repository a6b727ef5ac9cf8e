import { IconArrowDown, IconArrowUp, IconCornerDownLeft } from '@tabler/icons-react';
import { useEffect, useRef, type MouseEvent } from 'react';
import { KeyHint } from '@/components/ui/key-hint';
import type { PaletteGroup, PaletteItem } from './items';
import classes from './palette.module.css';
import { t } from './t';

interface PaletteListProps {
  id: string;
  groups: readonly PaletteGroup[];
  activeKey: string | undefined;
  onHover: (key: string) => void;
  onOpen: (item: PaletteItem, inNewTab: boolean) => void;
}

interface OptionProps {
  id: string;
  item: PaletteItem;
  isActive: boolean;
  onHover: (key: string) => void;
  onOpen: (item: PaletteItem, inNewTab: boolean) => void;
}

function Option({ id, item, isActive, onHover, onOpen }: OptionProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={isActive}
      className={classes.option}
      onMouseMove={() => {
        onHover(item.key);
      }}
      onMouseDown={(event: MouseEvent) => {
        // The focus stays in the field.
        event.preventDefault();
      }}
      onClick={(event: MouseEvent) => {
        onOpen(item, event.ctrlKey || event.metaKey);
      }}
    >
      {item.lead}
      <span className={classes.words}>
        <span className={classes.label}>{item.label}</span>
        {item.caption !== undefined && <span className={classes.caption}>{item.caption}</span>}
      </span>
      {isActive && (
        <span aria-hidden className={classes.enter}>
          <KeyHint>
            <IconCornerDownLeft size={12} stroke={2} />
            {t('open')}
          </KeyHint>
        </span>
      )}
    </div>
  );
}

/** The list under the field, in groups. The focus stays in the field; the arrows move the choice. */
export function PaletteList({ id, groups, activeKey, onHover, onOpen }: PaletteListProps) {
  return (
    <div id={id} role="listbox" aria-label={t('results')} className={classes.list}>
      {groups.map((group) => (
        <div key={group.key} role="group" aria-labelledby={`${id}-group-${group.key}`}>
          <div id={`${id}-group-${group.key}`} role="presentation" className={classes.group}>
            {group.label}
          </div>
          {group.items.map((item) => (
            <Option
              key={item.key}
              id={`${id}-${item.key}`}
              item={item}
              isActive={item.key === activeKey}
              onHover={onHover}
              onOpen={onOpen}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** The keys that work here. */
export function PaletteFoot() {
  return (
    <div className={classes.foot}>
      <span>
        <KeyHint>
          <IconArrowUp size={12} stroke={2} aria-hidden />
        </KeyHint>{' '}
        <KeyHint>
          <IconArrowDown size={12} stroke={2} aria-hidden />
        </KeyHint>{' '}
        {t('keys.choose')}
      </span>
      <span>
        <KeyHint>{t('keys.enter')}</KeyHint> {t('keys.open')}
      </span>
      <span>
        <KeyHint>{t('keys.ctrlEnter')}</KeyHint> {t('keys.newTab')}
      </span>
      <span className={classes.hint}>{t('hint')}</span>
    </div>
  );
}
