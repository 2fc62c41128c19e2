import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
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
export class DeletionBacklogReader implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeletionBacklogReader.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;

  constructor(
    private readonly reader: StreamReader,
    private readonly erasure: ErasureFacade,
    private readonly finisher: ErasureFinisher,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), LOOK_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Takes note of every deletion that nobody read yet, and begins to carry them out. */
  look(): Promise<void> {
    this.running ??= this.reader
      .read(USER_DELETED, READER, (event) => this.request(event))
      .catch((error: unknown) =>
        this.logger.warn({ msg: 'kept deletions of users were not read', err: error }),
      )
      .finally(() => (this.running = null));
    return this.running;
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
    void this.finisher.look();
  }
}
