import { Injectable } from '@nestjs/common';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { Progress } from '../../common/background/job.js';
import { StreamReader } from '../../common/nats/stream-reader.js';
import { USER_DELETED } from '../../common/nats/subjects.js';
import { userOfEvent } from '../../common/nats/user-event.js';
import { ErasureFinisher } from './erasure-finisher.service.js';
import { ErasureFacade } from './facade/erasure.facade.js';
import { unreadEvent } from './unread-event.js';
import { UnreadEvents } from './unread-events.service.js';

const LOOK_MS = 10_000;
/** The name of the durable consumer, which all processes share: the stream remembers under it what was read. */
const READER = 'user-progress-erasures';

/**
 * Erases users whose deletion no process heard, because none was running or connected. If the platform keeps
 * `user.deleted` in a stream, missed events are read from there. Users who are erased already stay erased.
 */
@Injectable()
export class DeletionBacklogReader {
  constructor(
    background: BackgroundJobs,
    private readonly reader: StreamReader,
    private readonly erasure: ErasureFacade,
    private readonly finisher: ErasureFinisher,
    private readonly unread: UnreadEvents,
  ) {
    background.task({
      name: 'deletion-backlog',
      everyMs: LOOK_MS,
      run: () => this.read(),
      failure: { level: 'warn', msg: 'kept deletions of users were not read' },
    });
  }

  /** Reads every deletion that was not read yet, and requests the erasures. */
  private async read(): Promise<Progress> {
    await this.reader.read(USER_DELETED, READER, (event) => this.request(event));
    return 'done';
  }

  private async request(event: Uint8Array): Promise<void> {
    const about = userOfEvent(event);
    if (about.kind === 'unclear') {
      await this.unread.keep(unreadEvent(USER_DELETED, event, about.reason));
      return;
    }
    await this.erasure.request(about.userId);
    this.finisher.nudge();
  }
}
