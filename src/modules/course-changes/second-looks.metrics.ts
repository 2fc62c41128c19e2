import { Gauge } from 'prom-client';
import { registry } from '../../common/metrics/registry.js';

const waiting = new Gauge({
  name: 'progress_courses_waiting_for_second_look',
  help: 'Courses of which their service told less than before, which is not confirmed yet',
  registers: [registry],
  collect: () => readWaiting(),
});

let readWaiting: () => Promise<void> = () => Promise.resolve();

/** Counts at each scrape of the metrics. A failed count leaves the gauge unchanged. */
export function observeShrunkCourses(
  count: () => Promise<number>,
  failed: (error: unknown) => void,
): void {
  readWaiting = () => count().then((courses) => waiting.set(courses), failed);
}
