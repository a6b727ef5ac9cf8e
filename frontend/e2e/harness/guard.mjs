// Watches every page of a spec. A console error, a page error, a failed request, an answer of 400 or
// more that the spec did not announce, or a request to another origin is a fault.

/** What Chromium writes for an answer of 400 or more; the answer itself is judged instead. */
const STATUS_NOTE = /^Failed to load resource: the server responded with a status of/;
/** What Chromium writes when the network or the server is away. */
const NETWORK_NOTE = /net::ERR_|ERR_INCOMPLETE_CHUNKED_ENCODING/;
/** The page itself gave up a request: a search overtaken by the next letter, a page that was left. */
const GIVEN_UP = 'net::ERR_ABORTED';

export class Guard {
  /** @param {string[]} origins that pages may talk to */
  constructor(origins) {
    this.origins = new Set(origins);
    this.faults = [];
    this.refusals = [];
    this.announced = [];
    this.lossAllowed = false;
  }

  /** The spec provokes this answer at least once. `path` is a pattern of the request's path. */
  expectStatus(status, path) {
    this.announced.push({ status, path, required: true });
  }

  /** The answer may come, depending on timing. */
  allowStatus(status, path) {
    this.announced.push({ status, path, required: false });
  }

  /** Runs work during which the network is away. */
  async duringLoss(work) {
    this.lossAllowed = true;
    try {
      return await work();
    } finally {
      this.lossAllowed = false;
    }
  }

  watch(context) {
    context.on('console', (message) => this.onConsole(message));
    context.on('weberror', (event) => this.faults.push(`page error: ${event.error().stack ?? event.error()}`));
    context.on('request', (request) => this.onRequest(request));
    context.on('requestfailed', (request) => this.onFailed(request));
    context.on('response', (response) => this.onResponse(response));
  }

  onConsole(message) {
    if (message.type() !== 'error' || STATUS_NOTE.test(message.text())) return;
    if (this.lossAllowed && NETWORK_NOTE.test(message.text())) return;
    this.faults.push(`console: ${message.text()} (${message.location().url})`);
  }

  onRequest(request) {
    const url = new URL(request.url());
    if (url.protocol === 'blob:' || url.protocol === 'data:') return;
    if (!this.origins.has(url.origin)) this.faults.push(`request to another origin: ${request.url()}`);
  }

  onFailed(request) {
    const reason = request.failure()?.errorText ?? 'unknown';
    if (reason === GIVEN_UP || this.lossAllowed) return;
    this.faults.push(`failed request: ${request.method()} ${new URL(request.url()).pathname} ${reason}`);
  }

  onResponse(response) {
    if (response.status() < 400) return;
    const { pathname } = new URL(response.url());
    this.refusals.push({ status: response.status(), path: pathname, method: response.request().method() });
  }

  /** All that went wrong, in words; empty when nothing did. */
  verdict() {
    const matches = (entry, refusal) => entry.status === refusal.status && entry.path.test(refusal.path);
    const unannounced = this.refusals
      .filter((refusal) => !this.announced.some((entry) => matches(entry, refusal)))
      .map(({ status, path, method }) => `answer ${status}: ${method} ${path}`);
    const absent = this.announced
      .filter((entry) => entry.required && !this.refusals.some((refusal) => matches(entry, refusal)))
      .map(({ status, path }) => `the answer ${status} of ${path} that the spec provokes never came`);
    return [...this.faults, ...unannounced, ...absent];
  }
}
