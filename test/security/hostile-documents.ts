const times = (count: number, part: (index: number) => string, separator = ' '): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(separator);

const stats = 'getUserProgressStats(userId: "u") { success }';
const listed = (selection: string): string => `{ userProgressConnection { ${selection} } }`;

export interface DocumentCase {
  query: string;
  variables?: unknown;
  operationName?: string;
}

/** Documents that are refused before anything of them is executed. */
export const DOCUMENT_CASES: Record<string, DocumentCase> = {
  'an empty document': { query: '' },
  'only spaces': { query: '   \n\t ' },
  'only a comment': { query: '# nothing' },
  'a brace too few': { query: '{ __typename' },
  'a brace too many': { query: '{ __typename }}' },
  'a text without an end': { query: '{ userProgress(id: "x) { success } }' },
  'a block text without an end': { query: '{ userProgress(id: """x) { success } }' },
  'a NUL': { query: '{ __typename \u0000 }' },
  'a control character': { query: '{ __typename \u0007 }' },
  'letters that look like others': { query: '{ __typenаme }' },
  'a lone surrogate': { query: '{ userProgress(id: "\\uD800") { success } }' },
  'no such field': { query: '{ userProgres(id: "x") { success } }' },
  'no such argument': { query: '{ userProgress(ids: "x") { success } }' },
  'no such type': { query: 'query ($a: UserProgres) { __typename }' },
  'no such directive': { query: '{ __typename @admin }' },
  'no such member of an input': {
    query: 'mutation { createUserProgress(createUserProgressInput: { user_id: "x" }) { success } }',
  },
  'no such operation': { query: 'query A { __typename }', operationName: 'B' },
  'several operations and no name': { query: 'query A { __typename } query B { __typename }' },
  'two operations of one name': {
    query: 'query A { __typename } query A { __typename }',
    operationName: 'A',
  },
  'a subscription': { query: 'subscription { progressChanged { id } }' },
  'a definition of a type': { query: 'type Query { admin: String }' },
  'an object without a selection': { query: '{ userProgress(id: "x") }' },
  'a selection of a text': { query: `{ ${stats.replace('success', 'message { length }')} }` },

  'a flood of tokens': { query: `{ ${times(1_100, () => '__typename')} }` },
  'a flood of tokens that mean nothing': { query: '{'.repeat(50_000) },
  'a flood of commas and comments': { query: `{ ${'__typename,,,,#x\n'.repeat(1_200)} }` },
  'a name of a hundred thousand letters': { query: `{ ${'a'.repeat(100_000)} }` },
  depth: { query: listed(`${'edges { node { '.repeat(6)}id${' } }'.repeat(6)}`) },
  'depth by fragments': {
    query: `{ userProgressConnection { ...A } } fragment A on UserProgressConnection { edges { ...B } }
      fragment B on UserProgressEdge { node { watched { from ... on WatchedRange { to { x { y { z } } } } } } }`,
  },
  'lists within a value, nested deep': {
    query: `{ userProgress(id: ${'['.repeat(400)}${']'.repeat(400)}) { success } }`,
  },
  aliases: { query: `{ ${times(21, (index) => `a${index}: ${stats}`)} }` },
  'aliases of mutations': {
    query: `mutation { ${times(21, (index) => `a${index}: deleteUserProgress(id: "x") { success }`)} }`,
  },
  'aliases by fragments': {
    query: `query { ...A ...B } fragment A on Query { ${times(11, (index) => `a${index}: ${stats}`)} }
      fragment B on Query { ${times(11, (index) => `b${index}: ${stats}`)} }`,
  },
  directives: { query: `{ __typename ${times(21, () => '@include(if: true)')} }` },
  'directives one a field': {
    query: `{ ${times(60, (index) => `a${index % 20}: __typename @skip(if: false)`)} }`,
  },
  'a fragment that contains itself': { query: '{ ...A } fragment A on Query { ...A }' },
  'fragments in a circle': {
    query:
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
  },
  'fragments that double, forty times': {
    query: `{ ...F0 } ${times(40, (i) => `fragment F${i} on Query { ...F${i + 1} x: __typename ...F${i + 1} }`)}
      fragment F40 on Query { __typename }`,
  },
  'fragments that nobody uses': {
    query: `{ __typename } ${times(100, (i) => `fragment F${i} on Query { __typename }`)}`,
  },
  'a fragment on nothing': { query: '{ ...A } fragment A on Admin { __typename }' },
  'no such fragment': { query: '{ ...A }' },
  'fields that contradict each other': {
    query: '{ a: userProgress(id: "x") { success } a: userProgress(id: "y") { success } }',
  },
  'overlapping fields, to be compared each with each': {
    query: `{ ${times(150, (i) => `userProgressConnection(first: ${1 + (i % 100)}) { x: success }`)} }`,
  },
  'duplicated fields, to be merged': {
    query: `{ ${times(600, () => 'getUserProgressStats(userId: "u") { success }')} }`,
  },
  'thousands of variables': {
    query: `query (${times(3_000, (i) => `$v${i}: Int`, ', ')}) { __typename }`,
  },
  'a variable that is not declared': { query: '{ userProgress(id: $id) { success } }' },
  'a variable that is declared twice': {
    query: 'query ($a: ID!, $a: ID!) { userProgress(id: $a) { success } }',
  },
  'a variable of another type': {
    query: 'query ($a: Boolean!) { userProgress(id: $a) { success } }',
  },
  'a variable for a directive that is no truth value': {
    query: 'query ($a: Boolean!) { __typename @include(if: $a) }',
    variables: { a: 'yes' },
  },
  'a page that costs too much': {
    query: listed('edges { node { watched { from } } }').replace(
      'Connection',
      'Connection(first: 2000)',
    ),
  },
  'pages by aliases that cost too much': {
    query: `{ ${times(12, (i) => `a${i}: userProgressConnection(first: 100) { edges { node { id } } }`)} }`,
  },
  'a page whose size is a variable, and costs too much': {
    query: `query ($first: Int!) { userProgressConnection(first: $first) { edges { node { watched { from } } } } }`,
    variables: { first: 2_147_483_647 },
  },
  'exports by aliases': {
    query: `{ ${times(4, (i) => `a${i}: exportUserData(userId: "u") { success }`)} }`,
  },
};
