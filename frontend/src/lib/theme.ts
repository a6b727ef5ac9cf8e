import { localStorageColorSchemeManager, type MantineThemeOverride } from '@mantine/core';

/** Also read by `public/theme.js`, before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'historias-theme' });

/**
 * Mantine gives behaviour only; the look is in `src/styles/tokens.css`. Plain values here: naming a
 * component would bring it into the entry chunk.
 */
export const theme: MantineThemeOverride = {
  fontFamily: 'var(--font)',
  defaultRadius: 8,
  respectReducedMotion: true,
  cursorType: 'pointer',
};
