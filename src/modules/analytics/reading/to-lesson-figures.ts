import type { LessonFigures } from './dtos/lesson-figures.dto.js';
import { percentOf, toTwoDecimals } from './figures/percentages.js';
import type { Thresholds } from './figures/thresholds.js';
import type { AnalysedLesson } from './proxy/course-figures.proxy.js';

/** A lesson must be longer for its beginning to hold anybody: it has a second 30. */
const INTRO_SECONDS = 30;

/** A lesson as the API shows it. */
export function toLessonFigures(
  lesson: AnalysedLesson,
  { percentages }: Thresholds,
): LessonFigures {
  const { started, durationSeconds, uniqueSeconds, rewatchedSeconds } = lesson;
  const isMany = started >= percentages;
  const hasIntro = durationSeconds === null || durationSeconds > INTRO_SECONDS;
  const coverage = percentOf(uniqueSeconds, started * (durationSeconds ?? 0));
  return {
    lessonId: lesson.lessonId,
    title: lesson.title,
    listed: lesson.listed,
    duration_seconds: durationSeconds,
    started,
    completed: lesson.completed,
    stopped: lesson.stopped,
    // More than all of it was seen of a lesson that has become shorter.
    average_coverage: isMany && coverage !== null ? Math.min(coverage, 100) : null,
    intro_hold: hasIntro ? percentOf(lesson.sawIntro, started, percentages) : null,
    rewatch_ratio:
      isMany && uniqueSeconds > 0 ? toTwoDecimals(rewatchedSeconds / uniqueSeconds) : null,
    watch_time_seconds: lesson.watchSeconds,
  };
}
