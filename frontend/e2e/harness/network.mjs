// The road between a browser and the program, which a spec can cut and mend. Unlike the browser's
// own offline switch it also ends the streams that are open, as a lost network does.
import { connect, createServer } from 'node:net';

const QUIET_MS = 2_000;
const PAUSE_MS = 100;

/** A relay on a port of its own to the program at `url`. */
export class Network {
  constructor(url) {
    this.target = new URL(url);
    this.pairs = new Set();
    this.isCut = false;
    this.lastTry = 0;
    this.server = createServer((near) => this.join(near));
  }

  async open() {
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  join(near) {
    if (this.isCut) {
      this.lastTry = Date.now();
      near.destroy();
      return;
    }
    const far = connect(Number(this.target.port), this.target.hostname);
    const part = () => {
      near.destroy();
      far.destroy();
      this.pairs.delete(part);
    };
    this.pairs.add(part);
    for (const end of [near, far]) end.on('error', part).on('close', part);
    near.pipe(far).pipe(near);
  }

  /** Ends every connection and takes no new one. */
  cut() {
    this.isCut = true;
    this.lastTry = Date.now();
    for (const part of this.pairs) part();
  }

  mend() {
    this.isCut = false;
  }

  /** Waits, while cut, until nobody has knocked for a while: what a closed tab still sent is lost then. */
  async quiet() {
    while (Date.now() - this.lastTry < QUIET_MS) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }

  async close() {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
