import path from 'node:path';
import vue from 'eslint-plugin-vue';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const root = path.resolve(import.meta.dirname, '..');

/**
 * The rules that find mistakes; how code looks is Prettier's business.
 * @type {import("eslint").Linter.RulesRecord}
 */
const rules = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
  ],
  '@typescript-eslint/no-unnecessary-type-assertion': 'error',
  eqeqeq: 'error',
  // What only a bug can cause is reported where developers look.
  'no-console': ['error', { allow: ['error'] }],
  'no-empty': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
};

const typed = {
  parser: tseslint.parser,
  parserOptions: { projectService: true, tsconfigRootDir: root, extraFileExtensions: ['.vue'] },
};

export default defineConfig(
  globalIgnores(['out/', 'release/', 'node_modules/', 'examples/', '**/*.d.ts']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...vue.configs['flat/recommended'].map((config) => ({ ...config, files: ['renderer/**/*.vue'] })),
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: typed,
    rules,
  },
  {
    files: ['renderer/**/*.vue'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parserOptions: { ...typed.parserOptions, parser: tseslint.parser } },
    rules: {
      ...rules,
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
      // Formatting, which Prettier does.
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-closing-bracket-spacing': 'off',
      'vue/html-end-tags': 'off',
      'vue/html-indent': 'off',
      'vue/html-quotes': 'off',
      'vue/html-self-closing': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/mustache-interpolation-spacing': 'off',
      'vue/no-multi-spaces': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      // A prop that may be absent is typed so; a default would hide the difference.
      'vue/require-default-prop': 'off',
      // Pages and charts are named by one word where one word says it.
      'vue/multi-word-component-names': 'off',
    },
  },
  {
    // AssemblyScript: i32, usize and f64 are different types there, and all numbers to TypeScript; it has no
    // imports of types alone.
    files: ['electron/kernels/source/**', 'test/bench/source/**'],
    rules: {
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: ['test/**', 'build/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      'no-console': 'off',
    },
  },
  { files: ['electron/cli/**'], rules: { 'no-console': 'off' } },
);
