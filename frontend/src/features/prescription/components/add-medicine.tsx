import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { useDraft } from '@/lib/drafts/use-draft';
import { favouritesQuery } from '../api';
import { itemOf, type Item } from '../content';
import { t } from '../t';
import classes from './editor.module.css';
import { DrugSearch } from './drug-search';
import { useReceta } from './use-receta';

const SHOWN = 5;

function Favourites({ onAdd }: { onAdd: (item: Item) => void }) {
  const { draft } = useReceta();
  const items = useDraft(draft, ({ content }) => content.items);
  const there = new Set(items.map(({ medication_id: id }) => id));
  const favourites = (useQuery(favouritesQuery).data ?? []).filter(({ id }) => !there.has(id)).slice(0, SHOWN);
  if (favourites.length === 0) return null;
  return (
    <div className={classes.favourites}>
      <span className={classes.quiet}>{t('favourites.title')}</span>
      {favourites.map((one) => (
        <Button
          key={one.id}
          size="s"
          icon={<IconPlus stroke={1.7} aria-hidden />}
          onClick={() => {
            onAdd(itemOf(one));
          }}
        >
          {`${one.generic_name} ${one.concentration}`}
        </Button>
      ))}
    </div>
  );
}

interface AddMedicineProps {
  /** The item whose place the next medicine takes. */
  replaced: Item | undefined;
  onAdd: (item: Item) => void;
  onCancel: () => void;
}

/** Where the next medicine comes from: a search, or the favourites. */
export function AddMedicine({ replaced, onAdd, onCancel }: AddMedicineProps) {
  const name = replaced?.generic_name.toLocaleLowerCase('es-MX') ?? '';
  return (
    <div id="agregar-medicamento" className={classes.add}>
      <DrugSearch label={replaced ? t('search.replaceLabel', { name }) : t('search.label')} onAdd={onAdd} />
      {replaced ? (
        <div>
          <Button size="s" variant="ghost" onClick={onCancel}>
            {t('search.cancel', { name })}
          </Button>
        </div>
      ) : (
        <Favourites onAdd={onAdd} />
      )}
    </div>
  );
}
