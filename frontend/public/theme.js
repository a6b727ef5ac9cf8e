// Sets the colour scheme before the first paint. A file, not an inline script, so that the content
// security policy needs no exception. The key is the one src/lib/theme.ts writes.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('historias-theme');
  } catch {
    // Storage may be blocked; the system's scheme is used then.
  }
  var system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  var scheme = chosen === 'light' || chosen === 'dark' ? chosen : system;
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
