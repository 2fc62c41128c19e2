import type { CreateChange, RecordWatchChange, SetChange } from '../changes/progress-change.js';

/** What callers of the facade may ask for: a change, without what the facade finds out by itself. */
export type CreateCommand = Omit<CreateChange, 'kind' | 'durationSeconds'>;

/** New values; what is left out stays. `id` must be that of the record, in either form (`recordId`). */
export type UpdateCommand = Pick<SetChange, 'completed' | 'watchTimeSeconds'> & { id: string };

export type RecordWatchCommand = Omit<RecordWatchChange, 'kind' | 'create'>;
