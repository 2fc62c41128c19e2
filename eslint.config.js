import tseslint from 'typescript-eslint';

/** The files that mean the wall clock: they compare with other programs' times, or date something for a reader. */
const WALL_CLOCK = [
  // A token's `exp` and `iat`.
  'src/modules/auth/token-{lifetime,verifier}.ts',
  'test/support/{key-server,tokens}.ts',
  'test/resilience/load/client.ts',
  // The time in each answer.
  'src/common/graphql/answers.ts',
  'src/common/errors/error-view.ts',
  // The time of a beat, as a player's clock has it.
  'benchmark/analytics/documents.ts',
  'benchmark/load/{population,token}.ts',
  'test/support/{learners-stage,two-courses}.ts',
  'test/resilience/promises/{g08-beats-converge,g23-hostile-learner}.ts',
  'test/resilience/load/{any-change,hostile-learner}.ts',
  'test/resilience/promises/g24-figures-survive.ts',
  // When a certificate was issued, a request came, or a report was made.
  'sandbox/peers/{certificates,peer}.ts',
  'benchmark/run.ts',
  'test/resilience/report.ts',
  'benchmark/peers/naive/src/user-progress.proxy.ts',
  // Comparisons with times of files, or of another process.
  'scripts/build.ts',
  'test/resilience/promises/g10-overload.ts',
  'test/resilience/load/yardstick-process.ts',
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'packages/*/dist/',
      'web/src/gql/',
      'coverage/',
      '.data/',
      'benchmark/node_modules/',
      'benchmark/dist/',
      'test/platform/nest-*/',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    // Their libraries are their own, and not installed with ours: see below.
    ignores: ['benchmark/**', 'test/platform/src/**'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.check.json',
          './packages/player/tsconfig.json',
          './examples/tsconfig.json',
          './web/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
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
    // Clocks are set, by hours and by days. Intervals are measured by a clock that nobody sets, and what several
    // processes compare is dated by the database's.
    files: [
      'src/**/*.ts',
      'sandbox/**/*.ts',
      'scripts/**',
      'benchmark/**',
      'test/{support,resilience}/**/*.ts',
    ],
    ignores: ['**/*.spec.ts', ...WALL_CLOCK],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'MemberExpression[object.name="Date"][property.name="now"]',
          'NewExpression[callee.name="Date"][arguments.length=0]',
          'CallExpression[callee.name="Date"]',
        ].map((selector) => ({
          selector,
          message:
            'The wall clock may be set. Use performance.now() for intervals, and the database’s clock for what processes compare. Files that mean the wall clock are in WALL_CLOCK.',
        })),
      ],
    },
  },
  {
    // The parts of the player and the dashboard are closures: their methods know no `this`.
    files: ['packages/player/src/**/*.ts', 'web/**/*.{ts,tsx}'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
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
