import { Injectable, Logger } from '@nestjs/common';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { Progress } from '../../common/background/job.js';
import { StreamReader } from '../../common/nats/stream-reader.js';
import { USER_DELETED } from '../../common/nats/subjects.js';
import { userOfEvent } from '../../common/nats/user-event.js';
import { ErasureFinisher } from './erasure-finisher.service.js';
import { ErasureFacade } from './facade/erasure.facade.js';

const LOOK_MS = 10_000;
/** The name under which the stream remembers what was read: all processes share it. */
const READER = 'user-progress-erasures';

/**
 * Erases users whose deletion nobody heard, for no process was there, or none was connected: where the platform keeps
 * `user.deleted` in a stream, it is read from there. What was heard meanwhile is erased already, and stays so.
 */
@Injectable()
export class DeletionBacklogReader {
  private readonly logger = new Logger(DeletionBacklogReader.name);

  constructor(
    background: BackgroundJobs,
    private readonly reader: StreamReader,
    private readonly erasure: ErasureFacade,
    private readonly finisher: ErasureFinisher,
  ) {
    background.task({
      name: 'deletion-backlog',
      everyMs: LOOK_MS,
      run: () => this.read(),
      failure: { level: 'warn', msg: 'kept deletions of users were not read' },
    });
  }

  /** Takes note of every deletion that nobody read yet, and begins to carry them out. */
  private async read(): Promise<Progress> {
    await this.reader.read(USER_DELETED, READER, (event) => this.request(event));
    return 'done';
  }

  private async request(event: Uint8Array): Promise<void> {
    const userId = userOfEvent(event);
    if (userId === null) {
      this.logger.warn({
        msg: 'an event does not say which user is deleted',
        bytes: event.length,
      });
      return;
    }
    await this.erasure.request(userId);
    this.finisher.nudge();
  }
}
