import type { Moments, StudiedCourse } from '../behaviour/studied-course.ts';

/** A course with what happens in its lessons, as it is written down. */
export interface Outline extends Pick<StudiedCourse, 'popularity' | 'weeks' | 'hadPilot'> {
  id: string;
  title: string;
  sections: readonly (readonly [
    title: string,
    lessons: readonly (readonly [title: string, durationSeconds: number, moments?: Moments])[],
  ])[];
}
