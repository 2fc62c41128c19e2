import { column, statement } from '../../../../../common/database/statement.js';
import { ACTIVE_WINDOWS } from './active-windows.js';
import { DAYS } from './days.js';
import { FIGURES_CHANGED } from './figures-changed.js';
import { LEARNER_DAYS } from './learner-days.js';
import { LEARNERS } from './learners.js';
import { LESSON_SUMS } from './lesson-sums.js';
import { MOVES_TAKEN, TAKEN_IS_FULL } from './moves-taken.js';

const PARTS = [
  MOVES_TAKEN,
  LESSON_SUMS,
  LEARNER_DAYS,
  ACTIVE_WINDOWS,
  LEARNERS,
  DAYS,
  FIGURES_CHANGED,
];

/**
 * Takes the oldest rows out of the journal and adds their moves to all figures. Everything is read as it was before the
 * statement, so it must not run beside itself: `lockState` comes before it, in the same transaction.
 *
 * $1: how many rows at most; $2: the time zone of days; $3: the first quarter of an hour, counted from 1970, that has days.
 */
export const foldJournal = statement({
  name: 'fold-journal',
  columns: { rows: column.int4, moves: column.int4, isFull: column.bool },
  text: `
    WITH ${PARTS.join(',')}
    SELECT (SELECT count(*) FROM taken)::int AS rows, (SELECT count(*) FROM move)::int AS moves,
           ${TAKEN_IS_FULL} AS "isFull"`,
});
