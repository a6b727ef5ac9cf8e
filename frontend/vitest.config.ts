import { mergeConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import base from './vite.config.ts';

/** Tests run in jsdom against a fake server (MSW); two workers, since the machines are small. */
export default mergeConfig(
  base,
  defineConfig({
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.{ts,tsx}'],
      setupFiles: ['src/testing/setup.ts'],
      maxWorkers: 2,
      restoreMocks: true,
      // The machines are small and shared; a slow run is not a failure.
      testTimeout: 90_000,
      css: { modules: { classNameStrategy: 'non-scoped' } },
    },
  }),
);
