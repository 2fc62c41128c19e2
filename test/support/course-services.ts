import { connect } from '@nats-io/transport-node';

type Answer = { response: unknown } | { err: unknown } | null;
/** What a service does with a question under a subject; null: it stays silent. */
export type Handler = (data: { id?: string; ids?: string[] }) => Answer;

/** NestJS's answer for each exception that is no RpcException. */
export const genericError: Answer = {
  err: { status: 'error', message: 'Internal server error' },
};

/** How a course service answers; a subject that is missing has nobody who listens. */
export type CourseService = Partial<Record<string, Handler>>;

export const course = (id: string) => ({
  _id: id,
  title: `course ${id}`,
  sections: [{ _id: 's1', lessons: [{ _id: `lesson-${id}`, title: 'L' }] }],
});
const exists = (id: string) => id.startsWith('c');

/** Reads `ids` and gives a list under one subject, reads `id` under another; fails at what is missing. */
export const published: CourseService = {
  'course.get.by.id': ({ ids }) =>
    ids ? { response: ids.filter(exists).map(course) } : genericError,
  'course.findUsersWithIds': ({ id = '' }) =>
    exists(id) ? { response: { data: course(id) } } : genericError,
};

/** Reads `id`, and tells what is missing from what fails. */
export const mended: CourseService = {
  'course.get.by.id': ({ id = '' }) => ({
    response: exists(id)
      ? { success: true, message: 'ok', data: course(id) }
      : { success: false, message: 'no such course', data: null },
  }),
};

/** Answers under the odd subject only. */
export const oddSubjectOnly: CourseService = {
  'course.get.by.id': () => genericError,
  'course.findUsersWithIds': published['course.findUsersWithIds']!,
};

export interface CoursePlatform {
  /** Another service takes the place of the one that is there; `{}`: none does. */
  becomes(service: CourseService): Promise<void>;
  /** The subjects under which was asked since the last call. */
  asked(): string[];
  close(): Promise<void>;
}

/** A NATS connection on which one course service after the other answers. */
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
