interface Lesson {
  lessonId: string;
  title: string | null;
  listed: boolean;
  rewatch_ratio: number | null;
}

/** The lesson whose seconds are seen again most; null where none is, or too few learners are in each. */
export function mostReplayed<Row extends Lesson>(lessons: readonly Row[]): Row | null {
  return lessons
    .filter(({ listed, rewatch_ratio }) => listed && (rewatch_ratio ?? 0) > 0)
    .reduce<Row | null>(
      (most, lesson) =>
        most === null || lesson.rewatch_ratio! > most.rewatch_ratio! ? lesson : most,
      null,
    );
}
