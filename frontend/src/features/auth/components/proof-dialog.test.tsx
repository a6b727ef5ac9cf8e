import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { clinicOf, me } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

/** A server that wants a fresh proof before the clinic is changed. */
function wantsProof(methods: ('totp' | 'recovery_code')[] = []) {
  const seen = { saves: 0, keys: [] as (string | null)[], proofs: [] as unknown[] };
  let isProved = false;
  server.use(
    http.get('*/api/auth/me', () => HttpResponse.json({ ...me, factor: { ...me.factor, methods } })),
    http.put('*/api/clinic', () => {
      if (!isProved) return problem(403, { code: 'auth.proof_required', permission: 'clinic:write' });
      seen.saves += 1;
      return HttpResponse.json(clinicOf({ version: 2 }));
    }),
    http.post('*/api/auth/reauthenticate', async ({ request }) => {
      const proof = (await request.json()) as Record<string, unknown>;
      seen.proofs.push(proof);
      if (proof.password === 'otra') {
        const errors = [{ field: 'password', code: 'wrong', message: 'La contraseña no es correcta.' }];
        return problem(422, { code: 'auth.wrong_password', detail: 'La contraseña no es correcta.', errors });
      }
      isProved = true;
      return HttpResponse.json({ proved_until: '2026-11-24T05:05:00Z' });
    }),
  );
  return seen;
}

async function save() {
  const app = renderApp('/clinica');
  await app.user.click(await screen.findByRole('button', { name: 'Guardar los cambios' }));
  return app;
}

describe('an act that needs a fresh proof', () => {
  it('opens one dialog, and is done once it is given', async () => {
    const seen = wantsProof();
    const { user } = await save();
    await screen.findByRole('dialog', { name: 'Confirme que es usted' });
    await user.type(screen.getByLabelText('Su contraseña'), 'otra{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('La contraseña no es correcta.');
    expect(seen.saves).toBe(0);
    await user.clear(screen.getByLabelText('Su contraseña'));
    await user.type(screen.getByLabelText('Su contraseña'), 'una frase larga{Enter}');
    expect(await screen.findByText('Los datos de la clínica quedaron guardados.')).toBeInTheDocument();
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    });
    expect(seen.saves).toBe(1);
  });

  it('may be proved with the code of the second factor', async () => {
    const seen = wantsProof(['totp', 'recovery_code']);
    const { user } = await save();
    await user.click(await screen.findByRole('button', { name: 'Usar el código de mi aplicación' }));
    await user.type(await screen.findByLabelText('Código de seis dígitos'), '123456{Enter}');
    expect(await screen.findByText('Los datos de la clínica quedaron guardados.')).toBeInTheDocument();
    expect(seen.proofs).toEqual([{ totp_code: '123456' }]);
  });

  it('is given up when the dialog is closed, and the form says why', async () => {
    const seen = wantsProof();
    const { user } = await save();
    await screen.findByRole('dialog', { name: 'Confirme que es usted' });
    await user.click(screen.getByRole('button', { name: 'Cerrar' }));
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    });
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect(seen.saves).toBe(0);
  });
});
