import { useQuery } from '@tanstack/react-query';
import {
  IconArrowDown,
  IconArrowUp,
  IconDotsVertical,
  IconGripVertical,
  IconReplace,
  IconStar,
  IconStarFilled,
  IconTrash,
} from '@tabler/icons-react';
import { IconButton } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { favouritesQuery, usePinMedication } from '../api';
import { isOpen, type Alert, type Item } from '../content';
import { t } from '../t';
import classes from './item-card.module.css';
import { ItemChips } from './item-chips';
import { ItemFields } from './item-fields';
import { ItemNotes } from './item-notes';
import { useReceta } from './use-receta';
import type { Reorder } from './use-reorder';

function Favourite({ item }: { item: Item }) {
  const favourites = useQuery(favouritesQuery).data ?? [];
  const pin = usePinMedication();
  const id = item.medication_id;
  if (id === undefined) return null;
  const isPinned = favourites.some((one) => one.id === id);
  const name = item.generic_name.toLocaleLowerCase('es-MX');
  return (
    <IconButton
      label={t(isPinned ? 'favourites.remove' : 'favourites.add', { name })}
      icon={isPinned ? <IconStarFilled aria-hidden /> : <IconStar stroke={1.7} aria-hidden />}
      onClick={() => {
        pin.mutate({ id, pinned: !isPinned });
      }}
    />
  );
}

function Acts({ item, index, count, onMove }: Pick<ItemCardProps, 'item' | 'index' | 'count' | 'onMove'>) {
  const { remove, replace } = useReceta();
  const name = item.generic_name.toLocaleLowerCase('es-MX');
  const move = (step: 1 | -1) => () => {
    onMove(item.id, index + step);
  };
  const entries = [
    {
      key: 'replace',
      label: t('item.replace', { name }),
      icon: <IconReplace stroke={1.7} aria-hidden />,
      onSelect: () => {
        replace(item.id);
      },
    },
    ...(index > 0
      ? [{ key: 'up', label: t('item.up', { name }), icon: <IconArrowUp stroke={1.7} aria-hidden />, onSelect: move(-1) }]
      : []),
    ...(index < count - 1
      ? [{ key: 'down', label: t('item.down', { name }), icon: <IconArrowDown stroke={1.7} aria-hidden />, onSelect: move(1) }]
      : []),
  ];
  return (
    <div className={classes.acts}>
      <Favourite item={item} />
      <Menu
        trigger={<IconButton label={t('item.acts', { name })} icon={<IconDotsVertical stroke={1.7} aria-hidden />} />}
        groups={[{ key: 'item', entries }]}
      />
      <IconButton
        label={t('item.remove', { name })}
        icon={<IconTrash stroke={1.7} aria-hidden />}
        onClick={() => {
          remove(item.id);
        }}
      />
    </div>
  );
}

/** What is dragged; phones have the menu for it, where the hand scrolls. */
function Handle({ item, reorder }: Pick<ItemCardProps, 'item' | 'reorder'>) {
  return (
    <IconButton
      label={t('item.move', { name: item.generic_name.toLocaleLowerCase('es-MX') })}
      icon={<IconGripVertical stroke={1.7} aria-hidden />}
      className={classes.handle}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
      {...reorder.handleOf(item.id)}
    />
  );
}

interface ItemCardProps {
  item: Item;
  index: number;
  count: number;
  alerts: readonly Alert[];
  reorder: Reorder;
  onMove: (id: string, to: number) => void;
}

/** One medicine of the receta: what it is, what is known of it, how it is taken. */
export function ItemCard({ item, index, count, alerts, reorder, onMove }: ItemCardProps) {
  const isStopped = alerts.some((alert) => isOpen(alert) && alert.severity === 'high');
  const titleId = `medicamento-${item.id}-nombre`;
  return (
    <li
      id={`medicamento-${item.id}`}
      className={classes.card}
      data-stopped={isStopped ? true : undefined}
      data-drop={reorder.markOf(item.id)}
      {...reorder.keysOf(item.id)}
    >
      <section aria-labelledby={titleId}>
        <div className={classes.head}>
          {count > 1 && <Handle item={item} reorder={reorder} />}
          <div className={classes.title}>
            <h2 id={titleId} className={classes.name}>
              {`${String(index + 1)}. ${item.generic_name}`}
              {item.presentation !== '' && <span className={classes.presentation}> {item.presentation}</span>}
            </h2>
            <div className={classes.chips}>
              <ItemChips item={item} alerts={alerts} />
            </div>
          </div>
          <Acts item={item} index={index} count={count} onMove={onMove} />
        </div>
        <ItemFields item={item} alerts={alerts} />
        <ItemNotes alerts={alerts} />
      </section>
    </li>
  );
}
