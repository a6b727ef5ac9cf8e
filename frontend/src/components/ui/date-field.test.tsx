import { screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { renderPart } from '@/testing/render';
import { DateField } from './date-field';

function Example({ initial = '' }: { initial?: string }) {
  const [value, setValue] = useState(initial);
  return (
    <>
      <DateField label="Fecha" value={value} onChange={setValue} today="2026-11-23" />
      <output>{value}</output>
      <button
        type="button"
        onClick={() => {
          setValue('1980-08-14');
        }}
      >
        CURP
      </button>
    </>
  );
}

it('gives an ISO date for what is typed and shows it in full on leaving', async () => {
  const { user } = renderPart(<Example />);
  await user.type(screen.getByLabelText('Fecha'), '3/2/22');
  expect(screen.getByRole('status')).toHaveTextContent('2022-02-03');
  expect(screen.getByLabelText('Fecha')).toHaveValue('3/2/22');
  await user.tab();
  expect(screen.getByLabelText('Fecha')).toHaveValue('03/02/2022');
});

it('keeps what is no date as it was typed', async () => {
  const { user } = renderPart(<Example />);
  await user.type(screen.getByLabelText('Fecha'), '31/02/2022');
  await user.tab();
  expect(screen.getByLabelText('Fecha')).toHaveValue('31/02/2022');
  expect(screen.getByRole('status')).toHaveTextContent('31/02/2022');
});

it('shows a date that another field filled in', async () => {
  const { user } = renderPart(<Example />);
  await user.click(screen.getByRole('button', { name: 'CURP' }));
  expect(screen.getByLabelText('Fecha')).toHaveValue('14/08/1980');
});
