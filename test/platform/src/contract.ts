/** What the replica's process and the tests say to each other. Imports nothing: both compile it. */

/** The rows of the README's table that are a service's behaviour. */
export const ROWS = [1, 2, 3, 4, 5, 11] as const;
export type Row = (typeof ROWS)[number];
export type Rows = readonly Row[] | 'all';

export const SERVICES = ['users', 'courses', 'certificates'] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface PlatformUser {
  /** ULID */
  id: string;
  email: string;
  role: 'admin' | 'instructor' | 'user';
  firstName: string;
  lastName: string;
}

export interface PlatformLesson {
  _id: string;
  title: string;
  durationSeconds: number;
}

/** A document of MongoDB. */
export interface PlatformCourse {
  _id: string;
  title: string;
  instructorId: string;
  isActive: boolean;
  totalLectures: number;
  totalHours: number;
  sections?: { _id: string; title: string; lessons: PlatformLesson[] }[];
}

export interface Certificate {
  id: string;
  userId: string;
  courseId: string;
  /** ISO 8601, UTC. */
  createdAt: string;
}

export interface RequestRecord {
  subject: string;
  data: unknown;
}

/** How a handler can fail; `failing.interceptor.ts` does it. */
export const FAILURES = [
  'rpc 503',
  'rpc 500',
  'rpc 404',
  'rpc text of a refused connection',
  'rpc text not found',
  'rpc of HTTP 503',
  'rpc of HTTP 404',
  'rpc of an Error',
  'rpc of a system error',
  'HTTP 503',
  'HTTP 404',
  'HTTP 403',
  'Error',
  'a stream that fails',
  'a stream without a value',
  'undefined',
  'null',
] as const;
export type Failure = (typeof FAILURES)[number];

/** An event of somebody else, as a handler of NestJS got it. */
export interface HeardEvent {
  subject: string;
  data: unknown;
  headers: Record<string, string>;
}

/** What a test can have done. Each may reject, with the replica's own message. */
export interface Commands {
  /** From now on the rows are as they should be; the others stay as they are. */
  mend(rows: Rows): void;
  /** From now on the rows are as published again. */
  unmend(rows: Rows): void;

  addUser(user: PlatformUser): void;
  /** Emits `user.role_changed`. */
  changeRole(userId: string, role: PlatformUser['role']): void;
  /** Emits `user.updated`. */
  updateUser(userId: string, changes: Partial<Omit<PlatformUser, 'id' | 'role'>>): void;
  /** Emits `user.deleted`. */
  deleteUser(userId: string): void;
  /** A token as the user service signs it; `expiresInSeconds: null` is a platform without `JWT_EXPIRE`. */
  tokenFor(userId: string, options?: { expiresInSeconds: number | null }): string;

  addCourse(course: PlatformCourse): void;
  /** Emits `course.update` where row 11 is mended, else nothing. */
  editCourse(courseId: string, changes: Partial<Omit<PlatformCourse, '_id'>>): void;

  /** Every certificate that was issued, in order. */
  certificates(): Certificate[];
  /** While it is away, no certificate can be looked up or issued. */
  certificateDatabase(state: 'up' | 'down'): void;

  /** From now on requests of the subject fail in this way; null: no more. */
  fail(subject: string, how: Failure | null): void;
  /** Sends an event as it is given, in NestJS's form: by `emit()`, or by `send()`, which has an id of its own. */
  tell(subject: string, data: unknown, by: 'emit' | 'send'): void;
  /** The events `progress.>` so far, in order. */
  heard(): HeardEvent[];

  /** Everything that reached a service, in order, requests among the services too. */
  requests(): RequestRecord[];
  /** It is gone from NATS; what it stored is kept. */
  stopService(name: ServiceName): void;
  startService(name: ServiceName): void;
}

export const COMMANDS: readonly (keyof Commands)[] = [
  'mend',
  'unmend',
  'addUser',
  'changeRole',
  'updateUser',
  'deleteUser',
  'tokenFor',
  'addCourse',
  'editCourse',
  'certificates',
  'certificateDatabase',
  'fail',
  'tell',
  'heard',
  'requests',
  'stopService',
  'startService',
];
