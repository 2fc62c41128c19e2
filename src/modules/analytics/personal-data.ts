import { exportedList } from '../privacy/proxy/exported-list.js';
import type { PersonalTable } from '../privacy/personal-table.js';
import { eraseLearner } from './journal/proxy/sql/erase-learner.js';
import { exportDays } from './folding/proxy/sql/export-days.js';

/**
 * The personal data of this module. The journal holds it for seconds; then the folder deletes the learner's days and
 * states with everything that they gave to the figures.
 */
export const ANALYTICS_TABLES: readonly PersonalTable[] = [
  {
    table: 'learner_day',
    rank: 65,
    erase: eraseLearner,
    exported: exportedList({
      list: 'days',
      statement: exportDays,
      toEntry: ({ position: _, ...day }) => day,
      cursorKey: 'dayAndCourse',
      beginning: '0001-01-01 ',
      positionOf: ({ position }) => position,
    }),
  },
];
