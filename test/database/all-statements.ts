/// <reference types="vite/types/importMeta.d.ts" />
import type { Column } from '../../src/common/database/statement.js';
import { WALKS } from '../../src/modules/analytics/audit/proxy/sql/checks.js';
import { LISTED_COLUMNS } from '../../src/modules/user-progress/listed-columns.js';

export interface Described {
  file: string;
  name: string;
  text: string;
  columns: Record<string, Column<unknown>> | undefined;
}

/** Each order, each filter, and each form of the total. */
const LISTS = [
  { order: 'oldest', filters: [], columns: LISTED_COLUMNS },
  { order: 'latest', filters: ['courseId', 'completed'], columns: ['id'] },
  { order: 'after', filters: ['courseId', 'lessonId', 'completed'], columns: [] },
];

const CHECKS = WALKS.flatMap(({ checks }) => checks);

/** Arguments with which a function that builds statements is called here, so that each form of its text is seen once. */
const BUILT: Record<string, unknown[][]> = {
  inspectOriginal: [['user_progress_original']],
  orphansOf: [['user_progress_original']],
  eraseRows: [
    ['course_progress', ['user_id', 'course_id']],
    ['watch_session', ['user_id', 'session_id']],
    ['watch_clock', ['user_id', 'hour']],
    ['idempotency_key', ['user_id', 'key']],
    ['outbox', ['id']],
  ],
  listPage: [[[]], [['userId', 'courseId', 'lessonId', 'completed']]],
  learnerLists: LISTS.map((shape, index) => [`${shape.order}-${'abc'[index]}`, shape]),
  listAfter: [[[]], [['userId', 'courseId', 'lessonId', 'completed']]],
  countRecords: [[[]], [['userId', 'courseId', 'lessonId', 'completed']]],
  sumRollups: [[[]], [['userId', 'courseId']]],
  verifying: CHECKS.map((check) => [check]),
  rebuilding: CHECKS.map((check) => [check]),
  listTaught: [['title'], ['learners'], ['atRisk']],
  listCertificates: [
    [[], undefined],
    [['userId', 'courseId'], 'PARKED'],
  ],
};

const isStatement = (value: unknown): value is Omit<Described, 'file'> =>
  typeof value === 'object' && value !== null && 'name' in value && 'text' in value;

const modules = import.meta.glob<Record<string, unknown>>('../../src/**/sql/*.ts', { eager: true });
/** Every statement of the service, also those that functions build. */
export const statements: Described[] = Object.entries(modules).flatMap(([file, exported]) =>
  Object.entries(exported).flatMap(([name, value]) => {
    const built =
      typeof value === 'function' ? (BUILT[name] ?? []).map((args) => value(...args)) : [value];
    return built
      .flatMap((one): unknown[] =>
        isStatement(one) || typeof one !== 'object' || one === null ? [one] : Object.values(one),
      )
      .filter(isStatement)
      .map(({ name, text, columns }) => ({ file, name, text, columns }));
  }),
);
