import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { SelectField } from '@/components/ui/select-field';
import { SuggestField } from '@/components/ui/suggest-field';
import { TextAreaField } from '@/components/ui/text-area-field';
import { TextField } from '@/components/ui/text-field';
import {
  changed,
  settled,
  withItem,
  withPackageCount,
  withTyped,
  type Alert,
  type Change,
  type Item,
  type Timed,
} from '../content';
import { plural } from '../dose';
import { contentsOf, countOf, packageOf, packagesFor, sayQuantity, totalOf } from '../product';
import { t } from '../t';
import { MOST_PACKAGES } from '../words';
import classes from './item-card.module.css';
import { useReceta } from './use-receta';

const LONGEST = 200;
const LONGEST_NOTE = 2_000;
const MOST_FILLS = 3;

const ROUTES = t('suggestions.routes').split('|');
const FREQUENCIES = t('suggestions.frequencies').split('|');
const DURATIONS = t('suggestions.durations').split('|');

/** Changes one item of the receta that is being written. */
function useItem(item: Item) {
  const { draft } = useReceta();
  const update = (make: (item: Item) => Item) => {
    draft.change((content) => withItem(content, item.id, make));
  };
  return {
    update,
    change: (change: Change) => {
      update((one) => changed(one, change));
    },
    type: (part: Timed) => (typed: string) => {
      update((one) => withTyped(one, part, typed));
    },
    /** The field was left: what was typed takes the form in which it is printed. */
    settle: (part: Timed) => () => {
      const text = settled(item, part);
      if (text !== item[part]) update((one) => withTyped(one, part, text));
      void draft.flush();
    },
    save: () => void draft.flush(),
  };
}

/** «4 (cuatro) cajas, 120 tabletas»: what the quantity says, and what it was computed from. */
function quantityHint(item: Item): string {
  const packages = sayQuantity(item.quantity ?? 0, item.presentation);
  const total = totalOf(item.structured);
  const unit = item.structured?.dose_unit;
  const isComputed = packagesFor(item.structured, item.presentation) !== undefined;
  if (!isComputed || packages === '' || total === undefined || unit === undefined) return packages;
  const amount = new Intl.NumberFormat('es-MX', { maximumFractionDigits: 1 }).format(total);
  return t('item.quantityTotal', { packages, total: amount, unit: total === 1 ? unit : plural(unit) });
}

function Quantity({ item }: { item: Item }) {
  const { change, save } = useItem(item);
  const { one, many } = packageOf(item.presentation);
  const quantity = item.quantity ?? 0;
  return (
    <TextField
      label={t('item.quantity')}
      name="quantity"
      inputMode="numeric"
      autoComplete="off"
      value={quantity === 0 ? '' : String(quantity)}
      onChange={(typed) => {
        const figures = Number(typed.replace(/\D/g, ''));
        change({ quantity: Math.min(figures, MOST_PACKAGES) });
      }}
      onBlur={save}
      trailing={quantity === 1 ? one : many}
      hint={quantityHint(item)}
    />
  );
}

function Dosing({ item }: { item: Item }) {
  const { change, type, settle, save } = useItem(item);
  return (
    <div className={classes.dosing}>
      <TextField
        label={t('item.dose')}
        name="dose"
        autoComplete="off"
        maxLength={LONGEST}
        value={item.dose}
        onChange={type('dose')}
        onBlur={settle('dose')}
      />
      <SuggestField
        label={t('item.route')}
        name="route"
        value={item.route}
        suggestions={ROUTES}
        onChange={(route) => {
          change({ route });
        }}
        onBlur={save}
      />
      <SuggestField
        label={t('item.frequency')}
        name="frequency"
        value={item.frequency}
        suggestions={FREQUENCIES}
        onChange={type('frequency')}
        onBlur={settle('frequency')}
      />
      <SuggestField
        label={t('item.duration')}
        name="duration"
        value={item.duration}
        suggestions={DURATIONS}
        onChange={type('duration')}
        onBlur={settle('duration')}
      />
      <Contents item={item} />
      <Quantity item={item} />
    </div>
  );
}

/** How much a package holds, which the quantity is computed with; absent where it cannot be counted. */
function Contents({ item }: { item: Item }) {
  const { update, save } = useItem(item);
  const unit = contentsOf(item.presentation);
  const count = countOf(item.presentation);
  if (unit === undefined) return null;
  return (
    <TextField
      optional
      optionalNote=""
      label={t('item.count')}
      name="count"
      inputMode="decimal"
      autoComplete="off"
      maxLength={5}
      value={count === undefined ? '' : String(count)}
      onChange={(typed) => {
        update((one) => withPackageCount(one, typed.replace(/\D/g, '')));
      }}
      onBlur={save}
      trailing={unit}
    />
  );
}

function Product({ item }: { item: Item }) {
  const { change, save } = useItem(item);
  return (
    <TextField
      label={t('item.presentation')}
      name="presentation"
      autoComplete="off"
      maxLength={LONGEST}
      value={item.presentation}
      onChange={(presentation) => {
        change({ presentation });
      }}
      onBlur={save}
    />
  );
}

/** What only the law of some medicines asks: the folio of the special form, how often it is filled. */
function Legal({ item, alerts }: { item: Item; alerts: readonly Alert[] }) {
  const { change, save } = useItem(item);
  const has = (kind: Alert['kind']) => alerts.some((alert) => alert.kind === kind);
  const fills = Array.from({ length: MOST_FILLS }, (_, index) => ({
    value: String(index + 1),
    label: t('options.fill', { count: index + 1 }),
  }));
  return (
    <>
      {(has('fraction_i') || item.special_form_folio !== undefined) && (
        <TextField
          identifier
          label={t('item.specialFolio')}
          name="special_form_folio"
          autoComplete="off"
          maxLength={LONGEST}
          value={item.special_form_folio ?? ''}
          onChange={(folio) => {
            change({ special_form_folio: folio === '' ? undefined : folio });
          }}
          onBlur={save}
        />
      )}
      {has('fraction_iii') && (
        <SelectField
          label={t('item.fills')}
          name="fills"
          placeholder={null}
          value={String(Math.max(1, item.fills ?? 1))}
          options={fills}
          onChange={(value) => {
            change({ fills: Number(value) });
            save();
          }}
        />
      )}
    </>
  );
}

function Extras({ item }: { item: Item }) {
  const { change, save } = useItem(item);
  const brand = item.brand_name ?? '';
  return (
    <>
      <Product item={item} />
      <TextAreaField
        optional
        label={t('item.instructions')}
        name="instructions"
        rows={1}
        maxLength={LONGEST_NOTE}
        value={item.instructions ?? ''}
        onChange={(text) => {
          change({ instructions: text === '' ? undefined : text });
        }}
        onBlur={save}
      />
      <TextField
        optional
        label={t('item.brand')}
        name="brand_name"
        autoComplete="off"
        maxLength={LONGEST}
        value={brand}
        onChange={(name) => {
          change({ brand_name: name === '' ? undefined : name });
        }}
        onBlur={save}
      />
      {brand !== '' && (
        <Checkbox
          label={t('item.substitution')}
          checked={item.allow_substitution}
          onChange={(allow) => {
            change({ allow_substitution: allow });
            save();
          }}
        />
      )}
    </>
  );
}

/** The fields of one medicine; what is seldom changed opens on demand. */
export function ItemFields({ item, alerts }: { item: Item; alerts: readonly Alert[] }) {
  const isUsed = [item.instructions, item.brand_name].some((text) => text !== undefined && text !== '');
  const [showsMore, setShowsMore] = useState(isUsed || item.presentation === '');
  return (
    <div className={classes.fields}>
      <Dosing item={item} />
      <Legal item={item} alerts={alerts} />
      {showsMore ? (
        <Extras item={item} />
      ) : (
        <div>
          <Button
            size="s"
            variant="ghost"
            iconRight={<IconChevronDown stroke={1.7} aria-hidden />}
            onClick={() => {
              setShowsMore(true);
              setTimeout(() => {
                document.getElementById(`medicamento-${item.id}`)?.querySelector<HTMLElement>('[name="instructions"]')?.focus();
              });
            }}
          >
            {t('item.more')}
          </Button>
        </div>
      )}
    </div>
  );
}
