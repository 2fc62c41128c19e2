import { INT_MAXIMUM } from '../../common/graphql/int.js';
import { isRecord } from '../../common/is-record.js';
import { idOf, matchOf, readId, readNumber } from '../../common/nats/reply-data.js';
import { cleanText } from '../../common/text/foreign-text.js';
import type { StoredLesson } from './course-catalog.js';

/** A course as read from the course service's reply. */
export interface CourseReply {
  courseId: string;
  title: string | null;
  instructorId: string | null;
  isActive: boolean;
  /** The lessons in order, or null when they are not listed. */
  lessons: StoredLesson[] | null;
  /** The number of lessons in the reply; used only when `lessons` is null. */
  totalLectures: number | null;
}

/** The reply is a course, but in a form that cannot be trusted. */
export class MalformedCourseError extends Error {}

/**
 * Reads a course's `data`. One malformed lesson invalidates the whole list: without it, learners who completed that
 * lesson would lose it.
 * @throws MalformedCourseError
 */
export function readCourse(courseId: string, data: Record<string, unknown>): CourseReply {
  if (matchOf(data, courseId) !== 'same') throw new MalformedCourseError('another course');
  return {
    courseId,
    title: textOf(data['title']),
    instructorId: instructorOf(data['instructorId']),
    isActive: data['isActive'] !== false,
    lessons: lessonsOf(data['sections']),
    totalLectures: wholeNumber(data['totalLectures']),
  };
}

/** @throws MalformedCourseError */
function readLesson(
  entry: unknown,
  place: { sectionId: string | null; position: number },
): StoredLesson {
  const record = isRecord(entry) && readId(entry) === null ? entry : { id: entry };
  const lessonId = idOf(record);
  if (lessonId === null) throw new MalformedCourseError('a lesson without an id');
  return {
    lessonId,
    sectionId: place.sectionId,
    title: textOf(record['title']),
    position: place.position,
    durationSeconds: wholeNumber(record['durationSeconds']) || null,
  };
}

/**
 * Reads a lesson's `data`. Null when it is the lesson, but its id is spelled in another way.
 * @throws MalformedCourseError
 */
export function lessonIn(data: unknown, lessonId: string): StoredLesson | null {
  const match = isRecord(data) ? matchOf(data, lessonId) : 'another';
  if (match === 'respelled') return null;
  const lesson = readLesson(data, { sectionId: null, position: 0 });
  if (match === 'another') throw new MalformedCourseError('another lesson');
  return { ...lesson, lessonId };
}

/** Sections given by ids or titles only, without lessons, are not a list of lessons. */
function lessonsOf(sections: unknown): StoredLesson[] | null {
  if (sections === undefined || sections === null) return null;
  if (!Array.isArray(sections)) throw new MalformedCourseError('sections are no list');
  if (sections.length > 0 && !sections.some(listsLessons)) return null;

  const lessons = new Map<string, StoredLesson>();
  for (const section of sections) {
    if (!isRecord(section)) throw new MalformedCourseError('a section that is no record');
    const entries = section['lessons'] ?? [];
    if (!Array.isArray(entries)) throw new MalformedCourseError('lessons are no list');
    for (const entry of entries) {
      const lesson = readLesson(entry, { sectionId: idOf(section), position: lessons.size + 1 });
      if (!lessons.has(lesson.lessonId)) lessons.set(lesson.lessonId, lesson);
    }
  }
  return [...lessons.values()];
}

const listsLessons = (section: unknown) =>
  isRecord(section) && (section['lessons'] ?? null) !== null;

/** A text that cannot be stored as it is names nobody: a changed one could be another person's id. */
function instructorOf(value: unknown): string | null {
  if (isRecord(value)) return idOf(value) ?? readId(value);
  if (typeof value !== 'string' || cleanText(value, INSTRUCTOR_ID_LENGTH) !== value) return null;
  return value || null;
}

const textOf = (value: unknown) =>
  typeof value === 'string' ? cleanText(value, TITLE_LENGTH) : null;

function wholeNumber(value: unknown): number | null {
  const number = readNumber(value);
  return number === null || number < 0 ? null : Math.min(Math.round(number), INT_MAXIMUM);
}

const TITLE_LENGTH = 500;
const INSTRUCTOR_ID_LENGTH = 64;
