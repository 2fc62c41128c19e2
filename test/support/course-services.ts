import { connect } from '@nats-io/transport-node';

type Answer = { response: unknown } | { err: unknown } | null;
/** How a service answers a request of a subject; null: it stays silent. */
export type Handler = (data: { id?: string; ids?: string[] }) => Answer;

/** NestJS's answer for each exception that is no RpcException. */
export const genericError: Answer = {
  err: { status: 'error', message: 'Internal server error' },
};

/** How a course service answers, by subject. A missing subject has no listener. */
export type CourseService = Partial<Record<string, Handler>>;

export const course = (id: string) => ({
  _id: id,
  title: `course ${id}`,
  sections: [{ _id: 's1', lessons: [{ _id: `lesson-${id}`, title: 'L' }] }],
});
const exists = (id: string) => id.startsWith('c');

/** Reads `ids` and answers with a list under one subject, reads `id` under another; fails when a course is missing. */
export const published: CourseService = {
  'course.get.by.id': ({ ids }) =>
    ids ? { response: ids.filter(exists).map(course) } : genericError,
  'course.findUsersWithIds': ({ id = '' }) =>
    exists(id) ? { response: { data: course(id) } } : genericError,
};

/** Reads `id`, and distinguishes a missing course from a failure. */
export const mended: CourseService = {
  'course.get.by.id': ({ id = '' }) => ({
    response: exists(id)
      ? { success: true, message: 'ok', data: course(id) }
      : { success: false, message: 'no such course', data: null },
  }),
};

/** Answers under the misnamed subject only. */
export const oddSubjectOnly: CourseService = {
  'course.get.by.id': () => genericError,
  'course.findUsersWithIds': published['course.findUsersWithIds']!,
};

export interface CoursePlatform {
  /** Replaces the present service by another one; `{}`: by none. */
  becomes(service: CourseService): Promise<void>;
  /** The subjects that were asked since the last call. */
  asked(): string[];
  close(): Promise<void>;
}

/** A NATS connection on which course services answer, one after the other. */
export async function startCoursePlatform(natsUrl: string): Promise<CoursePlatform> {
  const connection = await connect({ servers: natsUrl });
  const subjects: string[] = [];
  let stop: () => void = () => undefined;
  return {
    async becomes(service) {
      stop();
      const listening = Object.entries(service).map(([subject, handler]) =>
        connection.subscribe(subject, {
          callback: (_error, message) => {
            const { id, data } = message.json<{ id: string; data: { id: string } }>();
            subjects.push(subject);
            const answer = handler!(data);
            if (answer) message.respond(JSON.stringify({ ...answer, isDisposed: true, id }));
          },
        }),
      );
      stop = () => listening.forEach((subscription) => subscription.unsubscribe());
      await connection.flush();
    },
    asked: () => subjects.splice(0),
    close: () => connection.close(),
  };
}
