import { Gauge } from 'prom-client';
import { registry } from '../../common/metrics/registry.js';
import { COURSE_FORMS } from './course-form.js';

const courseLookupForm = new Gauge({
  name: 'progress_course_lookup_form',
  help: '1 for the form in which courses are asked for first, 0 for the others',
  labelNames: ['form'] as const,
  aggregator: 'max',
  registers: [registry],
});

export function showLookupForm(first: string | null): void {
  for (const form of Object.keys(COURSE_FORMS)) {
    courseLookupForm.set({ form }, form === first ? 1 : 0);
  }
}
