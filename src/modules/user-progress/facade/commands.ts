import type { CreateChange, RecordWatchChange, SetChange } from '../changes/progress-change.js';

/** The commands of the facade's callers: a change, without the values that the facade finds out itself. */
export type CreateCommand = Omit<CreateChange, 'kind' | 'durationSeconds'>;

/** New values; a missing one stays unchanged. `id` must be that of the record, in either form (`recordId`). */
export type UpdateCommand = Pick<SetChange, 'completed' | 'watchTimeSeconds'> & { id: string };

export type RecordWatchCommand = Omit<RecordWatchChange, 'kind' | 'create'>;
