import type { Moment } from '../../charts/curve-moments.tsx';
import { fallsOf, type Fall } from './falls.ts';

/** A moment of the curve, with what is to be said of it. */
export interface TellingMoment extends Moment {
  /** Learners who left, or of those who saw it how many saw it again, in percent. */
  size: number;
}

interface Lesson {
  hotspots: readonly { from: number; to: number; share: number }[];
  leave_points: readonly Fall[];
}

/** Where learners leave, and what they see again, in the order of the lesson; numbered. */
export function momentsOf({ hotspots, leave_points }: Lesson): TellingMoment[] {
  return [
    ...fallsOf(leave_points).map(
      ({ from, to, lost }) => ({ kind: 'leave', from, to, size: lost }) as const,
    ),
    ...hotspots.map(({ from, to, share }) => ({ kind: 'replay', from, to, size: share }) as const),
  ]
    .sort((one, other) => one.from - other.from)
    .map((moment, index) => ({ ...moment, number: index + 1 }));
}
