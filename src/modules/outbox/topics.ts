/** Events for other services. Each is published with its topic as subject. */
const EVENTS = {
  lessonCompleted: 'progress.lesson.completed',
  lessonReopened: 'progress.lesson.reopened',
  courseCompleted: 'progress.course.completed',
  certificateIssued: 'progress.certificate.issued',
} as const;

/** Requests to other services; each topic has a peer of its own. */
const REQUESTS = {
  certificateRequested: 'certificate.requested',
} as const;

/** Every topic of an outbox row. A topic's name is written nowhere else. */
export const TOPICS = { ...EVENTS, ...REQUESTS } as const;

export type Topic = (typeof TOPICS)[keyof typeof TOPICS];

export const EVENT_TOPICS: readonly Topic[] = Object.values(EVENTS);

/** Topics that are delivered together, in their own slots: when their peer is away, other lanes go on. */
export const LANES: readonly { name: string; topics: readonly Topic[] }[] = [
  { name: 'outbox-certificates', topics: [TOPICS.certificateRequested] },
  { name: 'outbox-events', topics: EVENT_TOPICS },
];
