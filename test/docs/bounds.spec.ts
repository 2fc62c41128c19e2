import { expect, it } from 'vitest';
import {
  MAX_ALIASES,
  MAX_DEPTH,
  MAX_DIRECTIVES,
  MAX_SELECTIONS,
  MAX_TOKENS,
} from '../../src/common/graphql/document-limits.js';
import { PAGE_SIZE_MAXIMUM } from '../../src/common/graphql/page-size.js';
import { OPERATION_COST } from '../../src/common/graphql/query-cost.js';
import {
  COHORTS_COST,
  DAYS_COST,
  DROP_OFF_COST,
  HISTOGRAM_COST,
  LEARNER_DAYS_COST,
  LESSON_ANALYTICS_COST,
  LESSONS_COST,
  TOP_COURSES_COST,
  WEEKS_COST,
} from '../../src/modules/analytics/reading/dtos/costs.js';
import { EXPORT_ENTRIES_MAXIMUM } from '../../src/modules/privacy/privacy.service.js';
import { EVERYTHING_COST } from '../../src/modules/privacy/privacy.resolver.js';
import { RANGES_BYTES_MAXIMUM } from '../../src/modules/privacy/proxy/sql/page-of-rows.js';
import {
  BEATS_PER_CALL_MAXIMUM,
  HOUR_FRAGMENTS_MAXIMUM,
  LESSON_FRAGMENTS_MAXIMUM,
  SECONDS_PER_CALL_MAXIMUM,
  SESSION_FRAGMENTS_MAXIMUM,
} from '../../src/modules/user-progress/evidence/limits.js';
import { WATCHED_COST } from '../../src/modules/user-progress/dtos/user-progress.dto.js';
import { KEY_LENGTH_MAXIMUM } from '../../src/modules/user-progress/inputs/idempotency-key.pipe.js';
import { SKIP_MAXIMUM } from '../../src/modules/user-progress/progress-lists.service.js';
import { PIECES } from '../security/most-fragmented.ts';
import { edgeEnvironment } from '../support/edge-environment.ts';
import { readText, tablesBelow } from './page.ts';

const [bounds, costs] = tablesBelow(readText('docs/api.md'), '## Bounds');
const numbers = (table: string[][]) =>
  Object.fromEntries(table.map(([name, value]) => [name!, Number(value!.replaceAll(',', ''))]));
const { BODY_LIMIT_BYTES, QUERY_COST_LIMIT } = edgeEnvironment();

it('docs/api.md has the bounds of the code', () => {
  expect(numbers(bounds!)).toEqual({
    'tokens of a document': MAX_TOKENS,
    'levels of a document': MAX_DEPTH,
    'aliases of a document': MAX_ALIASES,
    'directives of a document': MAX_DIRECTIVES,
    'selections of a document, fragments expanded': MAX_SELECTIONS,
    'bytes of a body (`BODY_LIMIT_BYTES`)': BODY_LIMIT_BYTES,
    'cost of a request (`QUERY_COST_LIMIT`)': QUERY_COST_LIMIT,
    'beats of a call': BEATS_PER_CALL_MAXIMUM,
    'seconds of a beat, of the lesson and of the learner': SECONDS_PER_CALL_MAXIMUM,
    'stretches of a lesson that were seen': LESSON_FRAGMENTS_MAXIMUM,
    "stretches of a session's numbers": SESSION_FRAGMENTS_MAXIMUM,
    "stretches of an hour of a learner's clock": HOUR_FRAGMENTS_MAXIMUM,
    'entries of a page': PAGE_SIZE_MAXIMUM,
    'records that a page may skip': SKIP_MAXIMUM,
    'entries of a list of an export': EXPORT_ENTRIES_MAXIMUM,
    'bytes of stretches in a list of an export': RANGES_BYTES_MAXIMUM,
    'characters of an idempotency key': KEY_LENGTH_MAXIMUM,
  });
});

it('rows that tests fill to their bounds are full', () => {
  expect(PIECES).toEqual({
    lesson: LESSON_FRAGMENTS_MAXIMUM,
    session: SESSION_FRAGMENTS_MAXIMUM,
    hour: HOUR_FRAGMENTS_MAXIMUM,
  });
});

it('docs/api.md has the costs of the code', () => {
  expect(Object.values(numbers(costs!))).toEqual([
    OPERATION_COST,
    1,
    WATCHED_COST,
    EVERYTHING_COST,
    LESSON_ANALYTICS_COST,
    LESSONS_COST,
    DAYS_COST,
    COHORTS_COST,
    HISTOGRAM_COST,
    TOP_COURSES_COST,
    LEARNER_DAYS_COST,
    DROP_OFF_COST,
    WEEKS_COST,
    1,
  ]);
});
