import { useState } from 'react';
import { movedTo } from '../content';
import { t } from '../t';
import { AddMedicine } from './add-medicine';
import classes from './editor.module.css';
import { ItemCard } from './item-card';
import type { EditorState } from './use-editor';
import { useReorder } from './use-reorder';

/** Puts medicines in another order, and says where each one went. */
function useOrder(editor: EditorState) {
  const { items } = editor.content;
  const [said, setSaid] = useState('');
  const move = (id: string, to: number) => {
    const item = items.find((one) => one.id === id);
    if (!item || to < 0 || to >= items.length) return;
    editor.change((content) => movedTo(content, id, to));
    const name = item.generic_name.toLocaleLowerCase('es-MX');
    setSaid(t('item.moved', { name, place: to + 1, count: items.length }));
  };
  const reorder = useReorder(
    items.map(({ id }) => id),
    move,
  );
  return { move, said, reorder };
}

/** The medicines of the receta, and where the next one comes from. */
export function Medicines({ editor }: { editor: EditorState }) {
  const { items } = editor.content;
  const { move, said, reorder } = useOrder(editor);
  return (
    <>
      <ol className={classes.items} aria-label={t('editor')}>
        {items.map((item, index) => (
          <ItemCard
            key={item.id}
            item={item}
            index={index}
            count={items.length}
            alerts={editor.alerts.filter((alert) => alert.item === item.id)}
            reorder={reorder}
            onMove={move}
          />
        ))}
      </ol>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      <AddMedicine
        key={editor.replaced?.id ?? 'next'}
        replaced={editor.replaced}
        onAdd={editor.add}
        onCancel={() => {
          editor.replace(undefined);
        }}
      />
    </>
  );
}
