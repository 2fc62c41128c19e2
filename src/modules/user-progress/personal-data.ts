import { INT_MINIMUM } from '../../common/graphql/int.js';
import { exportedList } from '../privacy/proxy/exported-list.js';
import { eraseRows } from '../privacy/proxy/sql/erase-rows.js';
import type { PersonalTable } from '../privacy/personal-table.js';
import { SECONDS_PER_HOUR } from './evidence/learner-clock.js';
import { parseMultirange } from './evidence/ranges.js';
import { presentPosition } from './present-position.js';
import { eraseRecords } from './proxy/sql/erase-records.js';
import { exportClock, exportIdempotencyKeys, exportSessions } from './proxy/sql/export-evidence.js';
import { exportCourses, exportRecords } from './proxy/sql/export-progress.js';

const stretches = (multirange: string): { from: number; to: number }[] =>
  parseMultirange(multirange).map(([from, to]) => ({ from, to }));

/** The personal data of this module: how it is erased and exported. */
export const PROGRESS_TABLES: readonly PersonalTable[] = [
  {
    table: 'user_progress',
    rank: 10,
    erase: eraseRecords,
    exported: exportedList({
      list: 'records',
      statement: exportRecords,
      toEntry: ({
        watched,
        watched_again,
        seen_since,
        position_seconds,
        durationSeconds,
        ...record
      }) => ({
        ...record,
        position_seconds: presentPosition({ positionSeconds: position_seconds, durationSeconds }),
        watched: stretches(watched),
        watched_again: stretches(watched_again),
        seen_since: seen_since === null ? null : stretches(seen_since),
      }),
      cursorKey: 'recordId',
      beginning: '00000000-0000-0000-0000-000000000000',
      positionOf: ({ id }) => id,
    }),
  },
  {
    table: 'course_progress',
    rank: 20,
    erase: eraseRows('course_progress', ['user_id', 'course_id']),
    exported: exportedList({
      list: 'courses',
      statement: exportCourses,
      toEntry: (course) => course,
      cursorKey: 'courseId',
      beginning: '',
      positionOf: ({ courseId }) => courseId,
    }),
  },
  {
    table: 'watch_session',
    rank: 30,
    erase: eraseRows('watch_session', ['user_id', 'session_id']),
    exported: exportedList({
      list: 'sessions',
      statement: exportSessions,
      toEntry: ({ counted, ...session }) => ({ ...session, counted: stretches(counted) }),
      cursorKey: 'sessionId',
      beginning: '',
      positionOf: ({ sessionId }) => sessionId,
    }),
  },
  {
    table: 'watch_clock',
    rank: 40,
    erase: eraseRows('watch_clock', ['user_id', 'hour']),
    exported: exportedList({
      list: 'clock',
      statement: exportClock,
      toEntry: ({ hour, credited, ...clock }) => ({
        ...clock,
        hour: new Date(hour * SECONDS_PER_HOUR * 1_000),
        credited: Object.entries(credited)
          .flatMap(([rateMilli, ranges]) =>
            ranges.map(([from, to]) => ({ from, to, rate: Number(rateMilli) / 1_000 })),
          )
          .sort((one, other) => one.from - other.from),
      }),
      cursorKey: 'hour',
      beginning: INT_MINIMUM,
      positionOf: ({ hour }) => hour,
    }),
  },
  {
    table: 'idempotency_key',
    rank: 50,
    erase: eraseRows('idempotency_key', ['user_id', 'key']),
    exported: exportedList({
      list: 'idempotency_keys',
      statement: exportIdempotencyKeys,
      toEntry: (key) => key,
      cursorKey: 'idempotencyKey',
      beginning: '',
      positionOf: ({ key }) => key,
    }),
  },
];
