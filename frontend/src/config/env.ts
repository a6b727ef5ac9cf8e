/**
 * What the page is told at run time by `/config.js`, so that one build serves every installation.
 */
interface RuntimeConfig {
  /** Origin of the API without a final slash; empty when the API stands on the page's own origin. */
  apiBase: string;
}

declare global {
  interface Window {
    __HISTORIAS__?: Partial<RuntimeConfig>;
  }
}

function readApiBase(): string {
  const value: unknown = window.__HISTORIAS__?.apiBase;
  return typeof value === 'string' ? value.replace(/\/+$/, '') : '';
}

export const env: RuntimeConfig = { apiBase: readApiBase() };

/** The full address of something the API serves, such as a document opened in its own tab. */
export function apiUrl(path: `/${string}`): string {
  return env.apiBase + path;
}
