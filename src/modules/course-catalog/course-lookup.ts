import { COURSE_FORMS, type CourseAnswer, type CourseForm } from './course-form.js';

const FORMS = Object.keys(COURSE_FORMS) as CourseForm[];

/** The answers to one lookup so far. */
export type CourseAnswers = ReadonlyMap<CourseForm, CourseAnswer>;

/**
 * Learns in which form the course service answers. The form that last found a course is asked first. It loses that
 * place only when it fails for a course that another form finds: a course that no form finds proves nothing.
 */
export class CourseLookup {
  private readonly forms: readonly CourseForm[];
  /** The forms that have found a course. */
  private readonly proven = new Set<CourseForm>();
  private first: CourseForm | null = null;

  /** @param setting the only form to use, or `auto` for all. */
  constructor(setting: CourseForm | 'auto') {
    this.forms = setting === 'auto' ? FORMS : [setting];
    if (setting !== 'auto') this.first = setting;
  }

  /** The form that is asked first; null until one has found a course. */
  get learned(): CourseForm | null {
    return this.first;
  }

  /** All forms, in the order of asking. */
  order(): CourseForm[] {
    const rank = (form: CourseForm) => (form === this.first ? 0 : 1);
    return this.forms.toSorted((a, b) => rank(a) - rank(b));
  }

  /** Learns from the answers to one lookup. @returns whether another form is asked first from now on. */
  learn(answers: CourseAnswers): boolean {
    const finders = this.order().filter((form) => answers.get(form)?.kind === 'found');
    for (const form of finders) this.proven.add(form);
    const [finder] = finders;
    if (!finder || finder === this.first) return false;
    // The form that is asked first has not failed if it has not answered.
    if (this.first && !answers.has(this.first)) return false;
    this.first = finder;
    return true;
  }

  /** Whether the answer ends the lookup. */
  settles(form: CourseForm, { kind }: CourseAnswer): boolean {
    return kind === 'found' || (kind === 'absent' && this.believes(form));
  }

  /** The result when no form's answer ended the lookup. */
  conclude(answers: CourseAnswers): CourseAnswer {
    const all = [...answers];
    if (all.some(([form, { kind }]) => kind === 'refused' && this.believes(form))) {
      return { kind: 'refused' };
    }
    const reached = all.some(([, { kind }]) => kind !== 'unanswered');
    // At least one form has an error here. A form whose 'no' counts did not say 'no', or the lookup would have ended.
    const [failure] = all.flatMap(([, answer]) => ('error' in answer ? [answer] : []));
    return { kind: reached ? 'failing' : 'unanswered', error: failure!.error };
  }

  /** Whether the form's 'no' counts. A form that never found a course may be wrong, once another form has found one. */
  private believes(form: CourseForm): boolean {
    return this.proven.size === 0 || this.proven.has(form);
  }
}
