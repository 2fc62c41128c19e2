/** Events that other services may listen to; each is published under its topic as subject. */
const EVENTS = {
  lessonCompleted: 'progress.lesson.completed',
  lessonReopened: 'progress.lesson.reopened',
  courseCompleted: 'progress.course.completed',
  certificateIssued: 'progress.certificate.issued',
} as const;

/** What another service is asked to do; each asks a peer of its own. */
const REQUESTS = {
  certificateRequested: 'certificate.requested',
} as const;

/** What a row of the outbox can be. A topic's name is written nowhere else. */
export const TOPICS = { ...EVENTS, ...REQUESTS } as const;

export type Topic = (typeof TOPICS)[keyof typeof TOPICS];

export const EVENT_TOPICS: readonly Topic[] = Object.values(EVENTS);

/** Topics that are delivered together, in slots of their own: rows whose peer is away do not hold up other lanes. */
export const LANES: readonly { name: string; topics: readonly Topic[] }[] = [
  { name: 'outbox-certificates', topics: [TOPICS.certificateRequested] },
  { name: 'outbox-events', topics: EVENT_TOPICS },
];
