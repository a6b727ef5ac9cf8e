import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import type { Me } from '@/lib/api/types';
import { meQuery } from '@/lib/session';
import { me } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { server } from '@/testing/server';

/** A person whose account asks for everything. */
const asked: Me = {
  ...me,
  user: { ...me.user, email_verified: false },
  factor: { enrolled: false, required: true, overdue: false, due_at: '2026-12-08T18:00:00Z', methods: [] },
  confidentiality: { version: 2, accepted: false },
};

async function open(person: Me, path = '/clinica') {
  server.use(http.get('*/api/auth/me', () => HttpResponse.json(person)));
  const app = renderApp(path);
  await screen.findByRole('heading', { level: 1 });
  return app;
}

const FACTOR = /^Active la verificación en dos pasos/;
const LETTER = 'Lea la carta de confidencialidad.';
const EMAIL = 'Confirme su correo.';

afterEach(() => {
  localStorage.clear();
});

describe('what the account asks for', () => {
  it('is said one thing at a time, the gravest first', async () => {
    const { user } = await open(asked);
    await screen.findByText(FACTOR);
    expect(screen.queryByText(LETTER)).not.toBeInTheDocument();
    expect(screen.queryByText(EMAIL)).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Recordármelo mañana' }));
    await screen.findByText(LETTER);
    expect(screen.queryByText(FACTOR)).not.toBeInTheDocument();
    expect(screen.queryByText(EMAIL)).not.toBeInTheDocument();
  });

  it('waits while the clinic lacks what the law asks for, unless nothing can be done without it', async () => {
    const incomplete = { ...me.clinic, complete: false };
    const { router, queryClient } = await open({ ...asked, clinic: incomplete }, '/pacientes');
    await screen.findByText('Faltan datos de su clínica.');
    expect(screen.queryByText(FACTOR)).not.toBeInTheDocument();
    queryClient.setQueryData(meQuery.queryKey, { ...asked, clinic: incomplete, factor: { ...asked.factor, overdue: true } });
    await screen.findByText('Active la verificación en dos pasos para continuar.');
    expect(screen.queryByText('Faltan datos de su clínica.')).not.toBeInTheDocument();
    expect(router.state.location.pathname).toBe('/pacientes');
  });

  it('cannot be put off once its time is over', async () => {
    localStorage.setItem('historias-factor-later', new Date().toDateString());
    await open({ ...asked, factor: { ...asked.factor, overdue: true } });
    await screen.findByText('Active la verificación en dos pasos para continuar.');
    expect(screen.queryByRole('button', { name: 'Recordármelo mañana' })).not.toBeInTheDocument();
  });

  it('ends with the address, which may be hidden', async () => {
    const { user } = await open({ ...asked, factor: me.factor, confidentiality: me.confidentiality });
    await screen.findByText(EMAIL);
    await user.click(screen.getByRole('button', { name: 'Ocultar por ahora' }));
    await waitFor(() => {
      expect(screen.queryByText(EMAIL)).not.toBeInTheDocument();
    });
  });

  it('is not said during the guided start, and is said after it', async () => {
    const { router } = await open({ ...asked, clinic: { ...me.clinic, complete: false } }, '/inicio');
    expect(screen.queryByText(FACTOR)).not.toBeInTheDocument();
    await router.navigate({ to: '/clinica' });
    await screen.findByText(FACTOR);
  });
});
