/** A value in a place: refused, or taken for what it is. Every case is asked by an administrator. */
export interface ValueCase {
  query: string;
  variables: Record<string, unknown>;
  /** A code; 'OK' where it is a value like any other. */
  code: string;
}

const ADD = `mutation ($userId: String!, $lessonId: String!, $seconds: Int!, $key: String) {
  updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: $seconds, idempotencyKey: $key) { success } }`;
const CREATE = `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`;
const WATCH = `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) { beats { result } } }`;
const BY_ID = `query ($id: ID!) { userProgress(id: $id) { success } }`;
const STATS = `query ($userId: String!) { getUserProgressStats(userId: $userId) { success } }`;
const LIST = `query ($filter: UserProgressFilterInput, $page: Int! = 1, $limit: Int! = 12) {
  userProgressList(filter: $filter, page: $page, limit: $limit) { success } }`;
const WALK = `query ($first: Int! = 12, $after: String) { userProgressConnection(first: $first, after: $after) { success } }`;

const add = (over: object, code = 'BAD_USER_INPUT'): ValueCase => ({
  query: ADD,
  variables: { userId: 'nobody', lessonId: 'none', seconds: 5, ...over },
  code,
});
const create = (over: object, code = 'BAD_USER_INPUT'): ValueCase => ({
  query: CREATE,
  variables: { input: { userId: 'nobody', lessonId: 'none', courseId: 'none', ...over } },
  code,
});
const beat = (over: object, code = 'BAD_USER_INPUT'): ValueCase =>
  watch({ beats: [{ seq: 0, from: 0, to: 10, at: '2026-01-01T00:00:00Z', ...over }] }, code);
const watch = (over: object, code = 'BAD_USER_INPUT'): ValueCase => ({
  query: WATCH,
  variables: {
    input: {
      userId: 'nobody',
      lessonId: 'none',
      courseId: 'none',
      sessionId: 's',
      beats: [],
      ...over,
    },
  },
  code,
});
const stats = (userId: unknown, code = 'BAD_USER_INPUT'): ValueCase => ({
  query: STATS,
  variables: { userId },
  code,
});
const byId = (id: unknown, code = 'NOT_FOUND'): ValueCase => ({
  query: BY_ID,
  variables: { id },
  code,
});
const list = (variables: Record<string, unknown>, code = 'BAD_USER_INPUT'): ValueCase => ({
  query: LIST,
  variables,
  code,
});
const walk = (variables: Record<string, unknown>, code = 'BAD_USER_INPUT'): ValueCase => ({
  query: WALK,
  variables,
  code,
});
const literal = (seconds: string): ValueCase => ({
  query: `mutation { updateLessonWatchTime(userId: "nobody", lessonId: "none", seconds: ${seconds}) { success } }`,
  variables: {},
  code: 'BAD_USER_INPUT',
});

export const VALUE_CASES: Record<string, ValueCase> = {
  'no seconds': add({ seconds: 0 }),
  'negative seconds': add({ seconds: -1 }),
  'the smallest number of seconds': add({ seconds: -2_147_483_648 }),
  'half a second': add({ seconds: 1.5 }),
  'more than a day': add({ seconds: 86_401 }),
  'a number beyond Int': add({ seconds: 2_147_483_648 }),
  'a number beyond everything': add({ seconds: 1e308 }),
  'seconds as text': add({ seconds: '5' }),
  'NaN as text': add({ seconds: 'NaN' }),
  'a truth value for seconds': add({ seconds: true }),
  'a list for seconds': add({ seconds: [5, 6] }),
  'an object for seconds': add({ seconds: { $gt: 0 } }),
  'null for seconds': add({ seconds: null }),
  'NaN in the document': literal('NaN'),
  'Infinity in the document': literal('Infinity'),
  'a number with leading zeros': literal('007'),
  'a number of two hundred digits': literal('9'.repeat(200)),
  'minus nothing': literal('-'),
  'negative watch time': create({ watch_time_seconds: -1 }),
  'watch time beyond Int': create({ watch_time_seconds: 2_147_483_648 }),
  'a number for a truth value': create({ completed: 1 }),

  'U+0000 in an id': stats('a\u0000b'),
  'a lone surrogate in an id': stats('\ud800'),
  'an empty id': stats(''),
  'an id of 27 characters': stats('a'.repeat(27)),
  'an id of two hundred thousand characters': stats('a'.repeat(200_000)),
  'an id of other letters': stats('пользователь'),
  'an id that reads backwards': stats('\u202eadmin'),
  'an id of one picture': stats('💥'),
  'an id with a space': stats('a b'),
  'a wildcard for one token of NATS': create({ userId: '*' }),
  'a wildcard for all tokens of NATS': create({ courseId: 'course.>' }),
  'a subject of NATS': create({ lessonId: 'user.get.by.id' }),
  'SQL in an id': stats("' OR '1'='1"),
  'SQL that drops a table': create({ lessonId: "'; DROP TABLE user_progress; --" }),
  'a line break, to write a line of the log': stats('a\n{"level":"fatal"}'),
  'an expression that a logger might look up': stats('${jndi:ldap://x/a}'),
  'a path': stats('../../etc/passwd'),
  'an object for an id': stats({ $ne: null }),
  'a list for an id': stats(['a', 'b']),
  'null for an id': stats(null),
  'a number for a text': stats(7),
  '__proto__, which has the form of an id': stats('__proto__', 'OK'),
  'constructor, which has the form of an id': stats('constructor', 'OK'),
  '__proto__ as a user who is to be looked up': create({ userId: '__proto__' }, 'NOT_FOUND'),
  'hasOwnProperty as a lesson': add({ lessonId: 'hasOwnProperty' }, 'NOT_FOUND'),
  'SQL for a record': byId("' UNION SELECT version() --"),
  'U+0000 for a record': byId('\u0000'),
  'two hundred thousand characters for a record': byId('a'.repeat(200_000)),
  'nearly a UUID': byId('01890a5d-ac96-774b-bcce-b302099a805'),
  'a UUID and more': byId("01890a5d-ac96-774b-bcce-b302099a8057'--"),
  'a UUID that nothing has': byId('01890A5D-AC96-774B-BCCE-B302099A8057'),
  'a number for a record': byId(7),
  'null for a record': byId(null, 'BAD_USER_INPUT'),

  'an empty idempotency key': add({ key: '' }),
  'an idempotency key of 129 characters': add({ key: 'k'.repeat(129) }),
  'an idempotency key with U+0000': add({ key: 'a\u0000' }),
  'an idempotency key with a line break': add({ key: 'a\r\nSet-Cookie: x' }),
  'an idempotency key of other letters': add({ key: 'ключ' }),

  'an input that is null': { query: CREATE, variables: { input: null }, code: 'BAD_USER_INPUT' },
  'an input that is a list': { query: CREATE, variables: { input: [] }, code: 'BAD_USER_INPUT' },
  'an input without what is required': {
    query: CREATE,
    variables: { input: {} },
    code: 'BAD_USER_INPUT',
  },
  'an input with what nobody knows': create({ role: 'admin' }),
  'a null within an input': create({ userId: null }),
  'variables that nobody declared': {
    query: STATS,
    variables: { userId: 'nobody', admin: true },
    code: 'OK',
  },

  'page 0': list({ page: 0 }),
  'page -1': list({ page: -1 }),
  'a page beyond all others': list({ page: 2_147_483_647 }),
  'a page that skips too much': list({ page: 102, limit: 100 }),
  'no limit': list({ limit: 0 }),
  'a limit of 101': list({ limit: 101 }),
  'a limit beyond Int': list({ limit: 4_294_967_297 }),
  'a filter with what nobody knows': list({ filter: { $where: 'sleep(1000)' } }),
  'a filter that is an operator': list({ filter: { userId: { $ne: 'x' } } }),
  'a filter of SQL': list({ filter: { courseId: "x' OR 1=1 --" } }),
  'a filter that is null': list({ filter: null }, 'OK'),
  'a page of none': walk({ first: 0 }),
  'a page of fewer than none': walk({ first: -1 }),
  'a page of 101': walk({ first: 101 }),
  'a cursor that nobody gave out': walk({ after: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }),
  'an empty cursor': walk({ after: '' }),
  'a cursor of SQL': walk({ after: "'; SELECT pg_sleep(10); --" }),
  'a cursor of two hundred thousand characters': walk({ after: 'A'.repeat(200_000) }),

  'no beats': watch({}),
  '501 beats': watch({
    beats: Array.from({ length: 501 }, (_, seq) => ({
      seq,
      from: 0,
      to: 1,
      at: '2026-01-01T00:00:00Z',
    })),
  }),
  'a session of 65 characters': watch({ sessionId: 's'.repeat(65) }),
  'a session of SQL': watch({ sessionId: "s'--" }),
  // Such a beat is rejected alone. The learner is looked up first.
  'a beat that ends before it begins': beat({ from: 10, to: 0 }, 'NOT_FOUND'),
  'a beat before the beginning': beat({ from: -1 }, 'NOT_FOUND'),
  'a beat longer than a day': beat({ to: 86_401 }, 'NOT_FOUND'),
  'a beat beyond Int': beat({ to: 2_147_483_648 }),
  'a negative number of a beat': beat({ seq: -1 }, 'NOT_FOUND'),
  'a rate of zero': beat({ rate: 0 }, 'NOT_FOUND'),
  'a negative rate': beat({ rate: -1 }, 'NOT_FOUND'),
  'a rate beyond all players': beat({ rate: 1e308 }, 'NOT_FOUND'),
  'a rate as text': beat({ rate: 'Infinity' }),
  'a time without an offset': beat({ at: '2026-01-01T00:00:00' }),
  'a day that is not in the calendar': beat({ at: '2026-02-30T00:00:00Z' }),
  'a time as a number': beat({ at: 1_767_225_600 }),
  'a year of six digits': beat({ at: '+275760-09-13T00:00:00Z' }),
  'a time with a line of SQL': beat({ at: "2026-01-01T00:00:00Z'; --" }),
};
