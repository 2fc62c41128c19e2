import type { PersonalTable } from './personal-table.js';
import { eraseUnreadEvents } from './proxy/sql/unread-events.js';

/** Announcements of deletions that may name a learner. Not exported: they say only that somebody is deleted. */
export const UNREAD_EVENTS_TABLE: PersonalTable = {
  table: 'unread_event',
  rank: 100,
  erase: eraseUnreadEvents,
};
