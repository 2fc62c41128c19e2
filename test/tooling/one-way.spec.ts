/// <reference types="vite/types/importMeta.d.ts" />
import { expect, it } from 'vitest';

const SOURCES = Object.entries(
  import.meta.glob<string>(['../../src/**/*.ts', '!../../src/**/*.spec.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).map(([file, text]) => ({ file: file.replace('../../', ''), text }));

/** What has one home, and how somebody would write it again elsewhere. */
const HOMES: [what: string, words: RegExp, homes: string[]][] = [
  ['success of a response', /\bsuccess\s*[:=]\s*true\b/, ['src/common/graphql/answers.ts']],
  ['a page of a connection', /\bhasNextPage: \S+ >/, ['src/common/graphql/connection.ts']],
  [
    'the limits of Int',
    /\b2_?147_?483_?64[78]\b|\b2 \*\* 31\b|\b0x7fffffff\b/i,
    ['src/common/graphql/int.ts'],
  ],
  [
    'what a record is',
    /typeof (\w+) === 'object' && \1 !== null && !Array\.isArray\(\1\)/,
    ['src/common/is-record.ts'],
  ],
  [
    'a learner in a course, or in a lesson',
    /(?:interface \w+|type \w+ =) \{\s*userId: string;\s*(?:courseId|lessonId): string;\s*\}/,
    ['src/modules/course-catalog/course-key.ts', 'src/modules/user-progress/lesson-key.ts'],
  ],
];

it.each(HOMES)('%s is written in one place', (_what, words, homes) => {
  const found = SOURCES.filter(({ text }) => words.test(text)).map(({ file }) => file);
  expect(found.sort()).toEqual(homes);
});

it('no credential seals a cursor: whoever holds a cursor could test guesses of it', () => {
  const cursors = SOURCES.filter(({ text }) => /\bnew SealedCursor\(/.test(text));
  expect(cursors.map(({ file }) => file)).toEqual(['src/common/cursors/cursor-secret.ts']);
  expect(
    SOURCES.find(({ file }) => file === 'src/common/cursors/cursors.module.ts')!.text,
  ).not.toMatch(/JWT_SECRET|PASSWORD/);
});
