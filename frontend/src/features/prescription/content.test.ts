import { expect, it } from 'vitest';
import { anew, changed, fingerprint, inPlaceOf, itemOf, movedTo, settled, withPackageCount, withReason, withTyped, type Content, type Item } from './content';

const metformin: Item = itemOf({
  id: '0f6e2b1c-0000-5000-8000-000000000001',
  generic_name: 'Metformina',
  form: 'Tableta',
  concentration: '850 mg',
  route: 'oral',
  fraction: 'IV',
  antibiotic: false,
  version: '2026.11',
});

/** As somebody fills the fields one after the other. */
function written(item: Item, count = '30'): Item {
  const timed = withTyped(withTyped(withTyped(item, 'dose', '1'), 'frequency', '12'), 'duration', '60');
  return withPackageCount(timed, count);
}

it('begins with what the catalog knows of a product', () => {
  expect(metformin).toMatchObject({ presentation: 'tableta 850 mg', route: 'Oral', allow_substitution: true });
});

it('computes the quantity from dose, frequency, duration and contents', () => {
  const item = written(metformin);
  expect(item.presentation).toBe('Caja con 30 tabletas de 850 mg');
  expect(item.quantity).toBe(4);
  expect(withTyped(item, 'duration', '90').quantity).toBe(6);
  expect(withTyped(item, 'frequency', '8').quantity).toBe(6);
});

it('keeps a quantity that somebody wrote', () => {
  const own = changed(written(metformin), { quantity: 2 });
  expect(withTyped(own, 'duration', '90').quantity).toBe(2);
});

it('keeps what is typed until the field is left, with its numbers at once', () => {
  const item = withTyped(metformin, 'frequency', '12');
  expect(item.frequency).toBe('12');
  expect(item.structured).toEqual({ every_hours: 12 });
  expect(settled(item, 'frequency')).toBe('Cada 12 horas');
});

it('forgets the numbers of words that hold none', () => {
  const item = withTyped(withTyped(metformin, 'duration', '7'), 'duration', 'hasta nueva valoración');
  expect(item.structured).toBeUndefined();
});

it('leaves behind what belongs to one paper alone when a receta is repeated', () => {
  const [copy] = anew([{ ...written(metformin), special_form_folio: 'E-1', replaces_course_id: metformin.id }]);
  expect(copy).toMatchObject({ generic_name: 'Metformina', quantity: 4 });
  expect(copy?.id).not.toBe(metformin.id);
  expect(copy).not.toHaveProperty('special_form_folio');
  expect(copy).not.toHaveProperty('replaces_course_id');
});

it('asks how much and how often anew when another substance takes the place', () => {
  const former: Item = { ...written(metformin), instructions: 'Con los alimentos.', special_form_folio: 'E-1', brand_name: 'Marca' };
  const next = inPlaceOf(former, {
    id: '0f6e2b1c-0000-5000-8000-000000000002',
    generic_name: 'Glibenclamida',
    form: 'Tableta',
    concentration: '5 mg',
    route: 'oral',
    fraction: 'IV',
    antibiotic: false,
    version: '2026.11',
  });
  expect(next).toMatchObject({ id: former.id, generic_name: 'Glibenclamida', presentation: 'tableta 5 mg' });
  expect(next).toMatchObject({ dose: '', frequency: '', duration: '60', instructions: 'Con los alimentos.' });
  expect(next.structured).toEqual({ duration_days: 60 });
  for (const left of ['quantity', 'special_form_folio', 'brand_name']) expect(next).not.toHaveProperty(left);
});

it('has one reason for an alert, and takes it back', () => {
  const empty: Content = { items: [], acknowledgements: [] };
  const given = withReason(withReason(empty, 'a', 'La toleró.'), 'a', 'La toleró en 2024.');
  expect(given.acknowledgements).toEqual([{ alert_id: 'a', reason: 'La toleró en 2024.' }]);
  expect(fingerprint(withReason(given, 'a', ''))).toBe(fingerprint(empty));
});

it('moves a medicine within the list only', () => {
  const [one, other] = [written(metformin), { ...metformin, id: 'other' }];
  const content: Content = { items: [one, other], acknowledgements: [] };
  expect(movedTo(content, 'other', 0).items).toEqual([other, one]);
  expect(movedTo(content, 'other', 2)).toBe(content);
  expect(movedTo(content, 'other', -1)).toBe(content);
});
