import type pg from 'pg';
import { setImmediate as turn } from 'node:timers/promises';
import type { SandboxUser } from '../catalogue.ts';
import type { CertificatesPeer } from '../peers/certificates.ts';
import { beginDaysBefore, untilFolded } from './analytics.ts';
import { WITH_PAST } from './catalogue.ts';
import { certificatesOf } from './certificates.ts';
import { PAST_COURSES } from './courses.ts';
import { keepRecords, type KeptHistory } from './keep-records.ts';
import { pastOf } from './past-learner.ts';
import { finishHistory, type Plan } from './plan.ts';
import { loadServiceCode } from './service-code.ts';
import { havingRecords, storePortion } from './store-portion.ts';

export interface HistoryParts {
  /** `PAST_LEARNERS`, or the first of them. */
  learners: readonly SandboxUser[];
  database: Pick<pg.Client, 'query'>;
  certificates: Pick<CertificatesPeer, 'adopt'>;
  /** Has the service ask for a course, and store it. */
  refreshCourse: (courseId: string) => Promise<void>;
}

const COURSE_IDS = PAST_COURSES.map(({ _id }) => _id);

/** Learners that one statement stores: it takes some tens of milliseconds, and its moves are folded in less. */
const PORTION = 50;

/**
 * Stores what is missing of the history, and waits until the service's figures have it. When it is interrupted, what is
 * stored stays, and it goes on from there.
 * @throws the signal's reason when it is aborted
 */
export async function storeHistory(
  { endsAt, learnersDone }: Plan,
  { learners, database, certificates, refreshCourse }: HistoryParts,
  signal: AbortSignal,
): Promise<void> {
  const code = await loadServiceCode();
  // All of them: an instructor finds a course that nobody has begun, too.
  for (const { _id } of WITH_PAST.courses) await refreshCourse(_id);
  await beginDaysBefore(database, endsAt, signal);
  for (let done = learnersDone; done < learners.length;) {
    signal.throwIfAborted();
    const portion = learners.slice(done, done + PORTION).map(({ id }) => id);
    const busy = await havingRecords(database, portion, COURSE_IDS);
    const histories: KeptHistory[] = [];
    for (const [index, id] of portion.entries()) {
      if (busy.has(id)) continue;
      histories.push(keepRecords(id, pastOf(done + index, endsAt), code));
      // The peers answer in this process, too.
      await turn();
    }
    // The peer has them first: it never lacks one that the service knows of.
    certificates.adopt(histories.flatMap(certificatesOf));
    done += portion.length;
    await storePortion(database, histories, { learnersDone: done, code });
  }
  await untilFolded(database, signal);
  await finishHistory(database);
}
