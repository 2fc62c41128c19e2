/** The arrows of ARCHITECTURE.md as build errors. */

const SPEC = '\\.spec\\.ts$';
const SQL_LIBRARIES = '^node_modules/(typeorm|pg|@nestjs/typeorm)/';
const TYPE_ONLY = ['type-only', 'type-import'];

/** Which rooms of `src/modules` each room stands on. What is not here is an error. */
const ROOMS = {
  'course-catalog': [],
  'user-directory': [],
  auth: ['course-catalog', 'user-directory'],
  privacy: ['auth'],
  outbox: ['privacy'],
  analytics: ['auth', 'course-catalog', 'privacy'],
  certificates: ['analytics', 'auth', 'course-catalog', 'outbox', 'privacy'],
  'user-progress': [
    'analytics',
    'auth',
    'certificates',
    'course-catalog',
    'outbox',
    'privacy',
    'user-directory',
  ],
  'course-changes': ['auth', 'course-catalog', 'outbox', 'privacy', 'user-progress'],
};

function roomRules() {
  const known = Object.keys(ROOMS).join('|');
  return [
    ...Object.entries(ROOMS).map(([room, below]) => ({
      name: `${room}-stands-on-what-is-below-it`,
      severity: 'error',
      from: { path: `^src/modules/${room}/`, pathNot: SPEC },
      to: { path: '^src/modules/', pathNot: `^src/modules/(${[room, ...below].join('|')})/` },
    })),
    {
      name: 'every-room-has-its-place',
      comment: 'A new folder of src/modules has to be listed in ROOMS.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: `^src/modules/(${known})/` },
      to: {},
    },
  ];
}

module.exports = {
  forbidden: [
    {
      name: 'common-knows-nothing-above-it',
      comment: 'From below: config, common, modules; edge stands on common; composition on all.',
      severity: 'error',
      from: { path: '^src/(common|config)/', pathNot: SPEC },
      to: { path: '^src/', pathNot: '^src/(common|config)/' },
    },
    {
      name: 'edge-and-modules-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/(edge|modules)/', pathNot: SPEC },
      to: { path: '^src/', pathNot: '^src/(common|config|$1)/' },
    },
    ...roomRules(),
    {
      name: 'overload-has-one-entry',
      comment: 'How requests are refused is known inside edge/overload only.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/edge/overload/' },
      to: { path: '^src/edge/overload/', pathNot: '^src/edge/overload/refuse-overload\\.ts$' },
    },
    {
      name: 'supervision-has-no-application',
      comment: 'The primary of workers serves nothing: it loads no more than it needs.',
      severity: 'error',
      from: { path: '^src/workers/', pathNot: SPEC },
      to: { path: '^src/', pathNot: '^src/(workers|config|common)/|^src/edge/stop/end-' },
    },
    {
      name: 'resolvers-translate-only',
      comment:
        'A resolver knows services, inputs, dtos and who is asking; never a facade, a proxy, an entity.',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: {
        path: '^src/|^node_modules/(typeorm|pg|@nestjs/typeorm|@nats-io)/',
        pathNot: [
          '^src/modules/.+\\.service\\.ts$',
          '^src/modules/.+/(inputs|dtos)/',
          '^src/modules/auth/',
          '^src/common/(graphql|i18n|errors)/',
        ],
      },
    },
    {
      name: 'only-modules-know-resolvers',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.module\\.ts$', '^src/resolvers\\.ts$', SPEC] },
      to: { path: '\\.resolver\\.ts$' },
    },
    {
      name: 'facades-know-no-edge',
      comment:
        'Rules are the same whoever calls them: no dtos of GraphQL, no inputs with decorators.',
      severity: 'error',
      from: { path: '/facade/|\\.facade\\.ts$', pathNot: SPEC },
      to: {
        path: ['/dtos/', '/inputs/', '^node_modules/(@nestjs/(graphql|apollo)|@apollo|graphql)/'],
      },
    },
    {
      name: 'pure-folders-are-pure',
      comment:
        'The rules of progress decide by what they are given: no framework, database or peer.',
      severity: 'error',
      from: {
        path: '^src/modules/(user-progress/(changes|evidence)|analytics/journal)/(?!proxy/)',
        pathNot: SPEC,
      },
      to: {
        path: '^src/|^node_modules/',
        pathNot: [
          '^src/modules/user-progress/(changes|evidence)/',
          '^src/modules/analytics/journal/[^/]+$',
          '^src/modules/user-progress/(lesson-key|pair-name|progress-record)\\.ts$',
          '^src/common/(errors|graphql/int)',
          '^node_modules/uuidv7/',
        ],
      },
    },
    {
      name: 'figures-are-pure',
      comment: 'Figures are worked out from what they are given, so that each can be by hand, too.',
      severity: 'error',
      from: { path: '^src/modules/analytics/reading/figures/', pathNot: SPEC },
      to: {
        path: '^src/|^node_modules/',
        pathNot: ['^src/modules/analytics/reading/figures/', '^src/common/(calendar-day|errors/)'],
      },
    },
    {
      name: 'only-proxies-know-sql',
      comment: 'TypeORM and pg are for proxies, entities and the database plumbing.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['/proxy/', '/entity/', '^src/common/(database|health)/', '^src/cli/', SPEC],
      },
      to: { path: SQL_LIBRARIES },
    },
    {
      name: 'only-proxies-query',
      comment: 'Who may run statements: proxies, health checks and the database plumbing.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['/proxy/', '^src/common/(database|health)/', '^src/cli/', SPEC],
      },
      to: { path: '^src/common/database/database\\.ts$' },
    },
    {
      name: 'only-common-nats-knows-the-client',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/common/nats/', SPEC] },
      to: { path: '^node_modules/@nats-io/' },
    },
    {
      name: 'only-clients-and-dispatchers-use-nats',
      comment: 'Errors, subjects and the reading of replies are words, which others may know.',
      severity: 'error',
      from: {
        path: '^src/modules/',
        pathNot: ['(client|handler|listener|reader|dispatcher(\\.service)?|module)\\.ts$', SPEC],
      },
      to: {
        path: '^src/common/nats/',
        pathNot: '(\\.error|reply-data|peer-verdict|error-(signs|meaning)|subjects)\\.ts$',
      },
    },
    {
      name: 'the-service-stands-alone',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: { path: '^(sandbox|test|benchmark|scripts|packages|web)/' },
    },
    {
      name: 'the-player-stands-alone',
      comment: 'What browsers load has no dependency. React is for those who have it.',
      severity: 'error',
      from: { path: '^packages/player/src/', pathNot: SPEC },
      to: { pathNot: '^packages/player/src/|^node_modules/(@types/)?react/' },
    },
    {
      name: 'only-one-adapter-knows-react',
      severity: 'error',
      from: { path: '^packages/player/src/', pathNot: 'adapters/react' },
      to: { path: '^node_modules/(@types/)?react/' },
    },
    {
      name: 'the-dashboard-stands-alone',
      comment: 'It knows the service by its schema only, from which its documents are generated.',
      severity: 'error',
      from: { path: '^web/', pathNot: '\\.config\\.ts$' },
      to: { path: '^(src|sandbox|test|benchmark|scripts|packages)/' },
    },
    {
      name: 'parts-of-the-dashboard-know-what-is-below-them',
      comment: 'Pages stand on ui and charts, these on figures in words, these on nothing.',
      severity: 'error',
      from: { path: '^web/src/(format|i18n|session|api|charts|ui)/' },
      to: { path: '^web/src/(pages|main|app)' },
    },
    {
      name: 'specs-of-src-use-one-door',
      comment: 'What specs of src need of test/ is handed out by test/for-specs.ts.',
      severity: 'error',
      from: { path: `^src/.*${SPEC}` },
      to: { path: '^test/', pathNot: '^test/for-specs\\.ts$' },
    },
    {
      name: 'the-service-needs-no-development-tools',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: TYPE_ONLY,
      },
    },
    {
      name: 'no-cycles',
      comment: 'Entities that point at each other do so by type, which leaves nothing at run time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: TYPE_ONLY } },
    },
    {
      name: 'everything-resolves',
      comment:
        'The libraries of the platform’s replica are beside what it is compiled to; generated documents have types of a package without code.',
      severity: 'error',
      from: { pathNot: '^test/platform/src/|^web/src/gql/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.check.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
