import { Counter, Gauge } from 'prom-client';
import { registry } from '../../common/metrics/registry.js';

export const evaluatedLearners = new Counter({
  name: 'progress_course_evaluated_learners_total',
  help: 'Learners whose progress was counted anew because their course changed',
  registers: [registry],
});

const pending = new Gauge({
  name: 'progress_course_evaluations_pending',
  help: 'Courses that changed, and whose learners are not all evaluated yet',
  aggregator: 'max',
  registers: [registry],
  collect: () => readPending(),
});

let readPending: () => Promise<void> = () => Promise.resolve();

/** Counts at each scrape of the metrics. A failed count leaves the gauge unchanged. */
export function observeEvaluations(
  count: () => Promise<number>,
  failed: (error: unknown) => void,
): void {
  readPending = () => count().then((courses) => pending.set(courses), failed);
}
