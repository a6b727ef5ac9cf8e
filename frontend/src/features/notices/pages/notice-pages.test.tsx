import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Notice, NoticeElement } from '@/lib/api/types';
import { me } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { page, problem, server } from '@/testing/server';

const KEYS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'] as const;
const elements: NoticeElement[] = KEYS.map((element) => ({ element, title: `Título ${element}`, text: `Texto ${element}.` }));

function noticeOf(changes: Partial<Notice> = {}): Notice {
  return {
    id: '01999999-0000-7000-8000-00000000c001',
    kind: 'integral',
    lang: 'es-MX',
    status: 'draft',
    revision: 1,
    summary: 'Resumen.',
    elements,
    content: 'Resumen.\n\n## Título I\n\nTexto I.',
    in_force: false,
    created_at: '2026-11-20T15:00:00Z',
    updated_at: '2026-11-20T15:00:00Z',
    ...changes,
  };
}

const published = noticeOf({
  id: '01999999-0000-7000-8000-00000000c000',
  status: 'published',
  version: 1,
  in_force: true,
  hash: '9f2c41ab'.repeat(8),
  published_at: '2026-03-02T15:00:00Z',
  effective_from: '2026-03-02T15:00:00Z',
});

const draftAddress = `/consentimientos/aviso/${noticeOf().id}`;
let draft = noticeOf();
let saves: { version: string | null; body: unknown }[] = [];

beforeEach(() => {
  draft = noticeOf();
  saves = [];
  server.use(
    http.get('*/api/privacy-notices', () => page([published])),
    http.get('*/api/privacy-notices/:id', ({ params }) =>
      HttpResponse.json(params.id === published.id ? published : { ...draft }),
    ),
    http.put('*/api/privacy-notices/:id', async ({ request }) => {
      const body = (await request.json()) as Pick<Notice, 'summary' | 'elements'>;
      saves.push({ version: request.headers.get('If-Match'), body });
      draft = { ...draft, ...body, revision: draft.revision + 1 };
      return HttpResponse.json({ ...draft });
    }),
  );
});

describe('the clinic’s notice', () => {
  it('shows the version in force, its public page, and begins the next', async () => {
    server.use(http.post('*/api/privacy-notices', () => HttpResponse.json(draft, { status: 201 })));
    const { user, router } = renderApp('/consentimientos/aviso');
    expect(await screen.findByText('Vigente desde el 2 de marzo de 2026')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Ver la página pública' })).toHaveAttribute(
      'href',
      '/privacy-notice/clinica-jacarandas',
    );
    await user.dblClick(screen.getByRole('button', { name: 'Preparar una versión nueva' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe(draftAddress);
    });
  });

  it('cannot be changed by who may only read it', async () => {
    const permissions = me.permissions.filter((entry) => entry !== 'notice:publish');
    server.use(http.get('*/api/auth/me', () => HttpResponse.json({ ...me, permissions })));
    renderApp('/consentimientos/aviso');
    await screen.findByText('Vigente desde el 2 de marzo de 2026');
    expect(screen.queryByRole('button', { name: /versión nueva/ })).not.toBeInTheDocument();
  });

  it('once published is only read', async () => {
    renderApp(`/consentimientos/aviso/${published.id}`);
    expect(await screen.findByRole('heading', { level: 1, name: 'Aviso, versión 1' })).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 2, name: 'Título I' })).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });
});

describe('a draft', () => {
  it('saves its words under the version it was read in', async () => {
    const { user } = renderApp(draftAddress);
    const text = await screen.findByLabelText('Texto de la sección V');
    await user.clear(text);
    await user.type(text, 'Otro texto.');
    await user.clear(screen.getByLabelText('Título de la sección IX'));
    await user.clear(screen.getByLabelText('Texto de la sección IX'));
    await user.click(screen.getByRole('button', { name: 'Guardar' }));
    expect(await screen.findByText('Borrador guardado.')).toBeInTheDocument();
    expect(saves[0]?.version).toBe('"1"');
    const body = saves[0]?.body as Pick<Notice, 'elements'>;
    expect(body.elements.map(({ element }) => element)).toEqual(KEYS.slice(0, 8));
    expect(body.elements[4]?.text).toBe('Otro texto.');
  });

  it('is published after what was typed is saved, and names what the law asks when it is missing', async () => {
    let isComplete = false;
    server.use(
      http.post('*/api/privacy-notices/:id/publish', () =>
        isComplete
          ? HttpResponse.json({ ...published, version: 2 })
          : problem(422, {
              code: 'notice.incomplete',
              detail: 'Al aviso le falta lo que la ley pide.',
              errors: [{ field: 'elements.VII', code: 'missing', message: 'Falta cómo revocar el consentimiento.' }],
            }),
      ),
    );
    const { user, router } = renderApp(draftAddress);
    await user.clear(await screen.findByLabelText('Texto de la sección VII'));
    const publish = async () => {
      await user.click(screen.getByRole('button', { name: 'Publicar…' }));
      const dialog = await screen.findByRole('dialog', { name: 'Publicar el aviso' });
      await user.click(within(dialog).getByRole('button', { name: 'Publicar el aviso' }));
    };
    await publish();
    await user.click(await screen.findByRole('button', { name: 'Falta cómo revocar el consentimiento.' }));
    expect(saves).toHaveLength(1);
    await waitFor(() => {
      expect(screen.getByLabelText('Texto de la sección VII')).toHaveFocus();
    });
    await user.type(screen.getByLabelText('Texto de la sección VII'), 'Basta con decirlo.');
    isComplete = true;
    await publish();
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/consentimientos/aviso');
    });
    expect(saves).toHaveLength(2);
    expect(screen.getByText('La versión 2 del aviso está en vigor.')).toBeInTheDocument();
  });

  it('says when somebody else saved it, and loses nothing that was typed', async () => {
    server.use(http.put('*/api/privacy-notices/:id', () => problem(412, { code: 'notice.stale' })));
    const { user } = renderApp(draftAddress);
    const summary = await screen.findByRole('textbox', { name: 'Resumen, al principio del aviso' });
    await user.type(summary, ' Más.');
    await user.click(screen.getByRole('button', { name: 'Guardar' }));
    expect(await screen.findByText('Alguien más cambió estos datos mientras usted los editaba.')).toBeInTheDocument();
    expect(summary).toHaveValue('Resumen. Más.');
    draft = noticeOf({ summary: 'El actual.', revision: 5 });
    await user.click(screen.getByRole('button', { name: 'Cargar los datos actuales' }));
    expect(await screen.findByDisplayValue('El actual.')).toBeInTheDocument();
  });

  it('is not left with unsaved words without asking', async () => {
    const { user, router } = renderApp(draftAddress);
    await user.type(await screen.findByRole('textbox', { name: 'Resumen, al principio del aviso' }), ' Más.');
    await user.click(screen.getByRole('link', { name: 'Aviso de privacidad' }));
    const dialog = await screen.findByRole('dialog', { name: 'Hay cambios sin guardar' });
    expect(router.state.location.pathname).toBe(draftAddress);
    await user.click(within(dialog).getByRole('button', { name: 'Guardar' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/consentimientos/aviso');
    });
    expect(saves).toHaveLength(1);
  });
});
