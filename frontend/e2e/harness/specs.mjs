// The register of specs. A spec is one path of a user, walked on a desktop and on a phone unless it
// says otherwise; the runner imports the files *.spec.mjs, which register themselves here.

/** How wide a spec is walked. The phone has touch and its own pixel density. */
export const SCREENS = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
};

/** @type {{name: string, screen: keyof typeof SCREENS, run: (walk: import('./walk.mjs').Walk) => Promise<void>}[]} */
export const registered = [];

function register(name, screens, run) {
  for (const screen of screens) registered.push({ name, screen, run });
}

/** Registers a path for the desktop and for the phone. */
export function spec(name, run) {
  register(name, ['desktop', 'phone'], run);
}

/** A path that only makes sense with a keyboard and a wide window, or whose width does not matter. */
spec.desktop = (name, run) => register(name, ['desktop'], run);

/** A path that only exists on a phone. */
spec.phone = (name, run) => register(name, ['phone'], run);
