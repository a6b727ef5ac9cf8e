import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/app/app';
import { ApiError } from '@/lib/api/error';
import '@/styles/tokens.css';
import '@/styles/base.css';
import '@/styles/print.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

/** A refusal that takes the place of a page is said there; whatever else breaks a page is reported. */
function onCaughtError(error: unknown): void {
  if (!(error instanceof ApiError)) reportError(error);
}

createRoot(root, { onCaughtError }).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
