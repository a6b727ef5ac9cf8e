// The SPA's built files on an origin of their own, as the host of the application serves them when
// the API stands on another: index.html for every page, and its own /config.js.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { root } from './program.mjs';

const dist = join(root, 'frontend', 'dist');
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

function policy(apiOrigin) {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${apiOrigin}`,
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

async function fileFor(path) {
  const wanted = normalize(join(dist, path));
  if (!wanted.startsWith(dist + sep) || extname(wanted) === '') return join(dist, 'index.html');
  return wanted;
}

async function answer(request, response, apiOrigin) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const send = (type, body) =>
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy(apiOrigin) }).end(body);
  if (pathname === '/config.js') {
    send(TYPES['.js'], `window.__HISTORIAS__ = ${JSON.stringify({ apiBase: apiOrigin })};\n`);
    return;
  }
  const file = await fileFor(pathname);
  try {
    send(TYPES[extname(file)] ?? 'application/octet-stream', await readFile(file));
  } catch {
    response.writeHead(404).end();
  }
}

/** Serves the built SPA on a port; answers how to stop. */
export async function serveSpa(port, apiOrigin) {
  const server = createServer((request, response) => void answer(request, response, apiOrigin));
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return () => new Promise((resolve) => server.close(resolve).closeAllConnections());
}
