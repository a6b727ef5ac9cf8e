// Personal data belong in the page and nowhere around it: not in addresses, titles, storage,
// IndexedDB or the program's own log.

const WITNESS = '__historiasWitness';

/** Tells the runner of every title and every word put in storage, even those taken back at once. */
function installWitness(name) {
  const tell = (kind, value) => void window[name](kind, String(value));
  const setItem = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    tell('storage', `${key}=${value}`);
    return setItem.call(this, key, value);
  };
  const watchTitle = () => {
    tell('title', document.title);
    new MutationObserver(() => tell('title', document.title)).observe(document.head, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  };
  if (document.head) watchTitle();
  else document.addEventListener('DOMContentLoaded', watchTitle);
}

/** Everything in IndexedDB as text; sealed copies show as bytes, open ones as what they are. */
async function dumpDatabases() {
  const read = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const dump = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await read(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      dump.push(JSON.stringify(await read(database.transaction(store).objectStore(store).getAll())));
    }
    database.close();
  }
  return dump.join('\n');
}

const plain = (text) =>
  decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'))
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

/** Where a secret of the spec was seen outside the page's own content. */
export class PrivacyWatch {
  constructor() {
    this.secrets = new Set();
    this.seen = [];
  }

  /** Words that may appear in no address, title or storage: names, CURP, phones, e-mails. */
  keep(...words) {
    for (const word of words) if (word) this.secrets.add(word);
  }

  /** Keeps what tells a patient from others. */
  keepPatient(patient) {
    this.keep(patient.given_names, patient.first_surname, patient.second_surname, patient.curp, patient.phone);
  }

  async watch(context) {
    await context.exposeBinding(WITNESS, (_source, kind, value) => this.seen.push([kind, value]));
    await context.addInitScript(installWitness, WITNESS);
    context.on('page', (page) => {
      page.on('framenavigated', (frame) => this.seen.push(['address', frame.url()]));
    });
  }

  /** Looks at what a page has stored by now. */
  async visit(page) {
    if (page.isClosed() || page.url() === 'about:blank') return;
    this.seen.push(['address', page.url()], ['title', await page.title()]);
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    this.seen.push(['storage', stored], ['IndexedDB', await page.evaluate(dumpDatabases)]);
  }

  verdict() {
    const secrets = [...this.secrets].map((word) => [word, plain(word)]);
    const leaks = this.seen.flatMap(([kind, text]) =>
      secrets.filter(([, secret]) => plain(text).includes(secret)).map(([word]) => `«${word}» in ${kind}: ${text}`),
    );
    return [...new Set(leaks)];
  }
}

/** The secrets that stand in a log, which may hold none. */
export function leaksIn(log, secrets) {
  const text = plain(log);
  return [...secrets].filter((word) => text.includes(plain(word))).map((word) => `«${word}» in the program's log`);
}
