import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const source = fileURLToPath(new URL('./src', import.meta.url));

/**
 * Two entries: the SPA, and the stylesheet of the pages the server renders itself (the public
 * privacy notice). The server finds both in `dist/manifest.json`.
 */
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': source, 'react-remove-scroll': `${source}/components/ui/remove-scroll.tsx` } },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8000',
      '/config.js': 'http://127.0.0.1:8000',
      '^/(terminos|cookies|verificar|privacy-notice)(/|$)': 'http://127.0.0.1:8000',
      '/dev/mail': 'http://127.0.0.1:8000',
      '/dev/whatsapp/api': 'http://127.0.0.1:8000',
    },
  },
  build: {
    // The manifest stands beside the files, not in a dot folder, which Go's embed leaves out.
    manifest: 'manifest.json',
    target: 'es2022',
    // No data: addresses, so that the content security policy can stay at 'self'.
    assetsInlineLimit: 0,
    // The server names what a page needs first in its document. A list of every chunk's imports in
    // the entry would weigh on each first visit; only styles are awaited before a chunk runs.
    modulePreload: { polyfill: false, resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css')) },
    rolldownOptions: { input: { main: 'index.html', public: 'src/public/public.css' } },
  },
});
