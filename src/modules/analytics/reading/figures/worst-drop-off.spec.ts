import { expect, it } from 'vitest';
import { worstDropOff } from './worst-drop-off.js';

const lesson = (lessonId: string, started: number, stopped: number) => ({
  lessonId,
  title: null,
  started,
  stopped,
});
const of = (learners: number) => ({ learners, minimum: 20 });

it('is the lesson that the largest share of its starters stopped in', () => {
  const lessons = [lesson('a', 100, 20), lesson('b', 40, 10), lesson('c', 30, 3)];
  expect(worstDropOff(lessons, of(100))?.lessonId).toBe('b');
});

it('is the one with more learners, where shares are equal', () => {
  const lessons = [lesson('a', 30, 3), lesson('b', 70, 7), lesson('c', 70, 7)];
  expect(worstDropOff(lessons, of(100))?.lessonId).toBe('b');
});

it('is one that enough learners started: 20, and 5 % of the course', () => {
  const lessons = [lesson('few', 19, 19), lesson('many', 50, 1)];
  expect(worstDropOff(lessons, of(100))?.lessonId).toBe('many');
  expect(worstDropOff([lesson('a', 49, 49)], of(1_000))).toBeNull();
  expect(worstDropOff([lesson('a', 50, 50)], of(1_000))?.lessonId).toBe('a');
});

it('is none where nobody stopped', () => {
  expect(worstDropOff([lesson('a', 100, 0)], of(100))).toBeNull();
  expect(worstDropOff([], of(0))).toBeNull();
});
