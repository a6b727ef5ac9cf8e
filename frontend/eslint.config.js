import { readdirSync } from 'node:fs';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const LETTERS = '[A-Za-zÁÉÍÓÚÜÑáéíóúüñ]{2,}';
const SPOKEN = 'label|placeholder|title|alt|hint|subtitle|aria-label|aria-description|aria-roledescription';

/** Who may not import whom; the message says why. */
const zones = [
  {
    target: ['./src/lib', './src/config', './src/components'],
    from: ['./src/features', './src/app'],
    message: 'lib, config and components are the ground: they know no feature. Move the shared part down.',
  },
  {
    target: './src/features',
    from: './src/app',
    message: 'A feature does not know the app that composes it. Take what you need as a prop.',
  },
  {
    target: './src/lib',
    from: './src/components',
    message: 'lib holds no interface.',
  },
  {
    target: './src/features/*/!(*.test.ts|*.test.tsx)',
    from: './src/testing',
    message: 'Only tests use the testing tools.',
  },
];

/** No feature imports another: one zone per feature, from the folders that exist. */
function featureZones(names) {
  return names.map((name) => ({
    target: `./src/features/${name}`,
    from: './src/features',
    except: [`./${name}`],
    message: 'No feature imports another. What two share goes to components/clinical or lib.',
  }));
}

const features = readdirSync(new URL('./src/features', import.meta.url));

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'src/lib/api/schema.d.ts'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'import-x/no-restricted-paths': ['error', { zones: [...zones, ...featureZones(features)] }],
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': ['error', { maxDepth: 6 }],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'zod', message: "Use 'zod/mini': the classic build is four times as heavy." },
            { name: '@mantine/form', importNames: ['useForm'], message: 'Use useAppForm from lib/form.' },
            { name: '@mantine/core', importNames: ['TextInput', 'Button', 'Table'], message: 'Use components/ui.' },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: `JSXText[value=/${LETTERS}/]`,
          message: 'Visible text goes to src/locales and comes through t().',
        },
        {
          selector: `JSXAttribute[name.name=/^(${SPOKEN})$/] > Literal[value=/${LETTERS}/]`,
          message: 'Visible text goes to src/locales and comes through t().',
        },
        {
          selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
          message: 'Markup from data is a way in for attackers.',
        },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Names and codes are spread letter by letter; none of them holds an emoji.
      '@typescript-eslint/no-misused-spread': 'off',
      // The router throws redirects, which are not Errors.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    files: ['src/lib/form.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['*.config.ts', 'eslint.config.js'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'src/testing/**', 'e2e/**'],
    rules: {
      'no-restricted-syntax': 'off',
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
);
