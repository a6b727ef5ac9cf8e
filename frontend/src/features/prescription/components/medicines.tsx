import { t } from '../t';
import { AddMedicine } from './add-medicine';
import classes from './editor.module.css';
import { ItemCard } from './item-card';
import type { EditorState } from './use-editor';

/** The medicines of the receta, and where the next one comes from. */
export function Medicines({ editor }: { editor: EditorState }) {
  const { items } = editor.content;
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
          />
        ))}
      </ol>
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
