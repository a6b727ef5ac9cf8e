import { apiUrl } from '@/config/env';

/** The papers of a receta, as the server names them. */
export const FORMATS = ['half_letter', 'letter', 'letter_large'] as const;
export type PaperFormat = (typeof FORMATS)[number];

/** The address of a signed receta's document. */
export function pdfHref(id: string, format: PaperFormat): string {
  return apiUrl(`/api/prescriptions/${id}/pdf?format=${format}`);
}

/** The address of a draft's paper, which says BORRADOR and is kept nowhere. */
export function previewHref(id: string, format: PaperFormat): string {
  return apiUrl(`/api/prescriptions/${id}/preview.pdf?format=${format}`);
}
