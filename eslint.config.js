import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'coverage/',
      '.data/',
      'benchmark/node_modules/',
      'benchmark/dist/',
      'test/platform/nest-*/',
    ],
  },
  {
    files: ['**/*.ts'],
    // Their libraries are their own, and not installed with ours: see below.
    ignores: ['benchmark/**', 'test/platform/src/**'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // A method that implements an asynchronous interface need not wait for anything.
      '@typescript-eslint/require-await': 'off',
      // Nest's modules are classes without members.
      '@typescript-eslint/no-extraneous-class': 'off',
      // A kind of GraphQL node is a string, which the parser's own types spell in two ways.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    // What runs in a terminal speaks through it.
    files: [
      'benchmark/**',
      'sandbox/**',
      'scripts/**',
      'src/main.ts',
      'src/cli/**',
      'test/support/**',
      'test/resilience/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // Answers of GraphQL and rows of SQL are untyped in tests, and expectations name what they should be.
    files: ['**/*.spec.ts', 'test/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}', 'benchmark/**/*.ts', 'test/platform/src/**/*.ts'],
    extends: [tseslint.configs.base],
    rules: { eqeqeq: 'error', '@typescript-eslint/no-unused-vars': 'error' },
  },
);
