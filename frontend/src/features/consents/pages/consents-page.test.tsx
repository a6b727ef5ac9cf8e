import { screen, waitFor } from '@testing-library/react';
import { http } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { patientListItemOf } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { page, server } from '@/testing/server';

let asked: (string | null)[] = [];

beforeEach(() => {
  asked = [];
  server.use(
    http.get('*/api/patients', ({ request }) => {
      const consent = new URL(request.url).searchParams.get('consent');
      asked.push(consent);
      return consent === 'revoked' ? page([]) : page([patientListItemOf({ consent: { status: 'read' } })]);
    }),
  );
});

it('keeps the state in the address and leads from a patient to the chain', async () => {
  const { user, router } = renderApp('/consentimientos?estado=waiting');
  const link = await screen.findByRole('link', { name: 'Mateo Ruiz Cárdenas' });
  expect(asked.at(-1)).toBe('waiting');
  expect(link.getAttribute('href')).toMatch(/^\/pacientes\/[0-9a-f-]{36}\/consentimientos$/);
  await user.click(screen.getByRole('button', { name: 'Revocado' }));
  expect(await screen.findByText('Nadie ha revocado su consentimiento.')).toBeInTheDocument();
  expect(router.state.location.search).toEqual({ estado: 'revoked' });
  await user.click(screen.getByRole('button', { name: 'Revocado' }));
  await waitFor(() => {
    expect(router.state.location.search).toEqual({});
  });
});
