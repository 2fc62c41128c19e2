import { COURSE_FORMS, type CourseAnswer, type CourseForm } from './course-form.js';

const FORMS = Object.keys(COURSE_FORMS) as CourseForm[];

/** The answers to one question so far. */
export type CourseAnswers = ReadonlyMap<CourseForm, CourseAnswer>;

/**
 * Learns in which form the course service answers. The form that found a course last is asked first. It is given up
 * only when it failed for a course that another form found: a course that no form finds proves nothing.
 */
export class CourseLookup {
  private readonly forms: readonly CourseForm[];
  /** The forms that have found a course. */
  private readonly proven = new Set<CourseForm>();
  private first: CourseForm | null = null;

  /** @param setting the only form to ask in, or `auto` for all. */
  constructor(setting: CourseForm | 'auto') {
    this.forms = setting === 'auto' ? FORMS : [setting];
    if (setting !== 'auto') this.first = setting;
  }

  /** The form that is asked first; null while none has found a course. */
  get learned(): CourseForm | null {
    return this.first;
  }

  /** All forms, in the order in which to ask. */
  order(): CourseForm[] {
    const rank = (form: CourseForm) => (form === this.first ? 0 : 1);
    return this.forms.toSorted((a, b) => rank(a) - rank(b));
  }

  /** Learns from the answers to one question. @returns whether another form is asked first from now on. */
  learn(answers: CourseAnswers): boolean {
    const finders = this.order().filter((form) => answers.get(form)?.kind === 'found');
    for (const form of finders) this.proven.add(form);
    const [finder] = finders;
    if (!finder || finder === this.first) return false;
    // While the form that is asked first has not answered, it has not failed.
    if (this.first && !answers.has(this.first)) return false;
    this.first = finder;
    return true;
  }

  /** Whether the answer ends the question. */
  settles(form: CourseForm, { kind }: CourseAnswer): boolean {
    return kind === 'found' || (kind === 'absent' && this.believes(form));
  }

  /** What follows from the answers of all forms when none of them ended the question. */
  conclude(answers: CourseAnswers): CourseAnswer {
    const all = [...answers];
    if (all.some(([form, { kind }]) => kind === 'refused' && this.believes(form))) {
      return { kind: 'refused' };
    }
    const reached = all.some(([, { kind }]) => kind !== 'unanswered');
    // There is one: a form that is not believed is never alone, and the one that is believed did not say 'no'.
    const [failure] = all.flatMap(([, answer]) => ('error' in answer ? [answer] : []));
    return { kind: reached ? 'failing' : 'unanswered', error: failure!.error };
  }

  /** A form that never found a course may know none: its 'no' counts only while no other form has found one either. */
  private believes(form: CourseForm): boolean {
    return this.proven.size === 0 || this.proven.has(form);
  }
}
