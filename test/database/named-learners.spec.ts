import { describe, expect, it } from 'vitest';
import { LEARNERS_TABLES } from '../../src/common/database/distribution/tables.js';
import { statements } from './all-statements.ts';

/** Statements that look for rows without naming their learners: where the database is distributed, on every shard. */
const ON_EVERY_SHARD: Record<string, string> = {
  'analytics-courses-end': 'progress:verify walks over everyone',
  'analytics-learners-end': 'progress:verify walks over everyone',
  'analytics-lessons-end': 'progress:verify walks over everyone',
  'audit-portion-end': 'progress:verify walks over everyone',
  'audit-rollups': 'progress:verify compares a stretch of learners, in the order of their ids',
  'begin-analytics': 'once: whether there is any record yet',
  'count-records': 'an administrator’s list of everyone',
  'fold-journal': 'the oldest moves may be anyone’s',
  'list-after': 'an administrator’s list of everyone',
  'list-certificates': 'an administrator’s list of everyone',
  'list-learners-at-risk': 'a course has learners everywhere',
  'list-page': 'an administrator’s list of everyone',
  'next-learners': 'a course has learners everywhere',
  'old-hours': 'a daily walk over everyone',
  'old-results': 'what is due may be anyone’s',
  'old-sessions': 'a daily walk over everyone',
  'oldest-moves': 'the oldest moves may be anyone’s',
  'outbox-claim-due': 'for a database that is not distributed; claim-due-of is for one that is',
  'outbox-depth': 'a gauge of the whole table',
  'outbox-due-learners': 'what is due may be anyone’s; its learners are named by what follows',
  'read-analytics-clock': 'how old the oldest moves are, whoever’s',
  'rebuild-analytics': 'progress:rebuild counts everyone, a portion at a time',
  'records-by-id': 'the API lets a record be named by its id alone',
  'records-of-lesson': 'a lesson has records everywhere',
  'sum-rollups': 'an administrator’s list of everyone',
  'taken-ids': 'adoption, which comes before distribution',
  'verify-adoption': 'adoption, which comes before distribution',
  'verify-analytics': 'progress:verify counts everyone, a portion at a time',
};

const TABLES = LEARNERS_TABLES.join('|');
const KEYWORDS = /^(where|set|on|order|group|for|limit|join|left|cross|using|values)$/i;
/** A table whose rows are read or changed; an INSERT into it names their learner by itself. */
const USED = new RegExp(
  `(?<!INSERT\\s+INTO\\s+)\\b(?:FROM|JOIN|UPDATE|USING)\\s+(?:ONLY\\s+)?(${TABLES})\\b(?:\\s+(?:AS\\s+)?(\\w+))?`,
  'gi',
);

/** The rows that a statement looks for, by the name under which their columns are written. */
function aliases(text: string): string[] {
  return [...text.matchAll(USED)].map(([, , alias]) =>
    alias === undefined || KEYWORDS.test(alias) ? '' : alias,
  );
}

/** How often the learner of these rows is given by a parameter, or is the one learner of rows whose learner is. */
function namings(text: string, alias: string): number {
  const column = alias === '' ? '(?<![\\w.])user_id' : `\\b${alias}\\.user_id`;
  // Where a parameter may be null, it is a filter. Only the names of learners may (`named`).
  const given = new RegExp(`(?<!IS NULL OR )${column} = \\$\\d|${column} = ANY \\(\\$\\d`, 'g');
  const joined = [...text.matchAll(new RegExp(`${column} = (\\w+)\\.user_id`, 'g'))].filter(
    ([, other]) => new RegExp(`\\b${other}\\.user_id = \\$\\d`).test(text),
  );
  return [...text.matchAll(given)].length + joined.length;
}

/** The rows whose learners nobody names. */
function unnamed(text: string): string[] {
  const used = aliases(text);
  return [...new Set(used)].filter(
    (alias) => namings(text, alias) < used.filter((one) => one === alias).length,
  );
}

const nameOf = ({ name }: { name: string }): string =>
  Object.keys(ON_EVERY_SHARD).find((known) => name === known || name.startsWith(`${known}-`)) ??
  name;

describe('every statement on learners’ tables', () => {
  it('is read by this test: it finds what is not named', () => {
    expect(unnamed('SELECT 1 FROM outbox WHERE user_id = $1')).toEqual([]);
    expect(unnamed('SELECT 1 FROM outbox WHERE id = $1')).toEqual(['']);
    expect(unnamed('UPDATE outbox o SET x = 1 FROM k WHERE o.user_id = k.user_id')).toEqual(['o']);
    expect(unnamed('UPDATE outbox o SET x = 1 WHERE o.user_id = ANY ($1::varchar[])')).toEqual([]);
  });

  it('names their learners, so that a distributed database looks in their place only', () => {
    const missed = statements.filter(({ text }) => unnamed(text).length > 0).map(nameOf);
    expect([...new Set(missed)].sort()).toEqual(Object.keys(ON_EVERY_SHARD).sort());
  });
});
