import type { Catalogue, SandboxCourse, SandboxUser } from '../../sandbox/catalogue.ts';
import { objectId, userId } from './ids.ts';

/** A catalogue with some users and one course of lessons, all with new ids. */
export function platform({
  lessons = 3,
  learners = 2,
  durationSeconds = 600,
}: { lessons?: number; learners?: number; durationSeconds?: number } = {}): {
  catalogue: Catalogue;
  course: SandboxCourse;
  lessonIds: string[];
  learnerIds: string[];
  instructorId: string;
  administratorId: string;
} {
  const person = (role: SandboxUser['role'], name: string): SandboxUser => ({
    id: userId(),
    email: `${name}@test.example`,
    role,
    firstName: name,
    lastName: 'Test',
  });
  const instructor = person('instructor', 'instructor');
  const administrator = person('admin', 'administrator');
  const people = Array.from({ length: learners }, (_, index) => person('user', `learner${index}`));
  const lessonIds = Array.from({ length: lessons }, objectId);
  const course: SandboxCourse = {
    _id: objectId(),
    title: 'A course',
    instructorId: instructor.id,
    isActive: true,
    totalLectures: 1,
    totalHours: 1,
    sections: [
      {
        _id: objectId(),
        title: 'A section',
        lessons: lessonIds.map((_id, index) => ({
          _id,
          title: `Lesson ${index + 1}`,
          durationSeconds,
        })),
      },
    ],
  };
  return {
    catalogue: { users: [administrator, instructor, ...people], courses: [course] },
    course,
    lessonIds,
    learnerIds: people.map(({ id }) => id),
    instructorId: instructor.id,
    administratorId: administrator.id,
  };
}
