import type { Attention } from './attention.ts';
import type { StudiedLesson } from './studied-course.ts';

export interface Task {
  lesson: StudiedLesson;
  /** The second to begin at. */
  from: number;
}

/** What a learner still wants to see of a course, in order. */
export class Agenda {
  private readonly tasks: Task[];
  private readonly skipped: Task[] = [];

  constructor(lessons: readonly StudiedLesson[]) {
    this.tasks = lessons.map((lesson) => ({ lesson, from: 0 }));
  }

  get next(): Task | undefined {
    return this.tasks[0];
  }

  /** Notes how far the next lesson was watched. */
  note({ ending, position }: Attention): void {
    const { lesson } = this.tasks.shift()!;
    if (ending === 'left') this.tasks.unshift({ lesson, from: position });
    if (ending === 'moved on') this.skipped.push({ lesson, from: position });
  }

  /** Takes up what was skipped. */
  goBack(): void {
    this.tasks.push(...this.skipped.splice(0));
  }
}
