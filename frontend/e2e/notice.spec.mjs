// The public notice of a clinic: without a session, without script, on paper and on a telephone.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { spec } from './harness/specs.mjs';
import { eventually, isAt, lacks, sees, says } from './harness/wait.mjs';

const path = (doctor) => `/privacy-notice/${doctor.clinic.slug}`;

spec('notice: reads without a session and without script, in its version', async (t) => {
  const doctor = await t.doctor();
  const notice = await doctor.api.get(`/api/public/clinics/${doctor.clinic.slug}/privacy-notice`);
  assert.equal(createHash('sha256').update(notice.content).digest('hex'), notice.hash);
  const page = await t.visitor(path(doctor), { javaScriptEnabled: false });
  await sees(page.getByRole('heading', { level: 1, name: 'Aviso de privacidad' }));
  const main = page.getByRole('main');
  await says(main, `Versión ${notice.version}, vigente desde el`);
  await says(main, notice.hash);
  await says(page.getByRole('banner'), doctor.clinic_name);

  const sections = main.locator('details');
  assert.ok((await sections.count()) >= 8, 'every element of the law has its section');
  const closed = main.locator('details:not([open])').first();
  const title = await closed.locator('summary').innerText();
  await main.locator('summary', { hasText: title }).click();
  await sees(main.locator('details', { hasText: title }).locator('.public-section-body'));
  await main.getByRole('link', { name: /\/v\/1$/ }).click();
  await isAt(page, `${path(doctor)}/v/1`);
  await says(page.getByRole('main'), notice.hash);
});

spec('notice: accessible in both schemes, and whole on paper', async (t) => {
  const doctor = await t.doctor();
  const page = await t.visitor(path(doctor));
  await t.look(page, 'public notice');
  await page.getByRole('link', { name: 'Versión para imprimir' }).click();
  await isAt(page, `${path(doctor)}/v/1`);
  assert.equal(await page.locator('details:not([open])').count(), 0, 'paper has nothing to unfold');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await lacks(page.getByRole('link', { name: 'Versión para imprimir' }));
  await eventually(async () => {
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return { color, backgroundColor };
    });
    assert.deepEqual(colours, { color: 'rgb(0, 0, 0)', backgroundColor: 'rgb(255, 255, 255)' }, 'black on white');
  });
  assert.ok((await page.pdf({ format: 'Letter' })).length > 10_000);
});

spec('notice: an address that names no clinic explains how to reach the notice', async (t) => {
  t.guard.expectStatus(404, /^\/privacy-notice\/nadie$/);
  await t.doctor();
  await t.doctor();
  const page = await t.visitor('/privacy-notice/nadie');
  await sees(page.getByRole('heading', { level: 1, name: 'No encontramos este aviso de privacidad' }));
  await t.look(page, 'no such notice');
  for (const address of ['/privacy-notice', '/privacy', '/aviso-privacidad']) {
    await page.goto(address);
    await says(page.getByRole('main'), 'Cada consultorio tiene su propio aviso de privacidad');
  }
  await t.look(page, 'which notice');
});

spec('notice: a new version is written, previewed and published; the old one stays where it was', async (t) => {
  const doctor = await t.doctor();
  const page = await t.signedIn(doctor, '/consentimientos/aviso');
  await says(page.getByRole('main'), 'Versión 1');
  await t.look(page, 'notices');
  await page.getByRole('button', { name: 'Preparar una versión nueva' }).click();
  await isAt(page, /^\/consentimientos\/aviso\/[0-9a-f-]{36}$/);
  const summary = page.getByRole('textbox', { name: 'Resumen, al principio del aviso' });
  await summary.fill(`${await summary.inputValue()}\n\nAtendemos también los sábados.`);
  await t.look(page, 'draft');
  await page.getByRole('button', { name: 'Publicar…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publicar el aviso' });
  await t.look(page, 'publishing');
  await dialog.getByRole('button', { name: 'Publicar el aviso' }).click();
  await lacks(dialog);
  await sees(page.getByText('La versión 2 del aviso está en vigor.'));

  const reader = await t.visitor(path(doctor));
  await says(reader.getByRole('main'), /Versión 2.*Atendemos también los sábados/);
  await reader.goto(`${path(doctor)}/v/1`);
  await says(reader.getByRole('main'), /Versión 1.*Esta versión ya no está vigente/);
});
