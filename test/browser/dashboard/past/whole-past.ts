import { WITH_PAST } from '../../../../sandbox/history/catalogue.ts';
import { PAST_LEARNERS } from '../../../../sandbox/history/crowd.ts';
import type { TestDatabase } from '../../../support/database.ts';
import { databaseFilledOnce } from '../../../support/filled-database.ts';
import { storePast } from './store-past.ts';

/** The database of `npm start` at the first look. */
export const databaseWithWholePast = (): Promise<TestDatabase> =>
  databaseFilledOnce('with_whole_past', (database) =>
    storePast(database, { catalogue: WITH_PAST, learners: PAST_LEARNERS.length }),
  );
