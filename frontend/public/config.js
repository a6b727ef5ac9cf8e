// Settings read at run time. The server answers its own version of this file; this one serves the
// container that holds only the SPA. apiBase is empty when the API stands on the same origin.
window.__HISTORIAS__ = { apiBase: '' };
