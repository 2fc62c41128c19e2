import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ErasureFacade } from './facade/erasure.facade.js';

const LOOK_MS = 5_000;

/** Looks for erasures that are due, as long as the process lives. */
@Injectable()
export class ErasureFinisher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ErasureFinisher.name);
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;
  private running: Promise<void> | null = null;

  constructor(private readonly erasure: ErasureFacade) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), LOOK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Goes on with what is due; failures are logged, and what is left is due again later. */
  look(): Promise<void> {
    this.running ??= this.finish()
      .catch((error: unknown) =>
        this.logger.error({ msg: 'an erasure was not finished', err: error }),
      )
      .finally(() => (this.running = null));
    return this.running;
  }

  private async finish(): Promise<void> {
    while (!this.stopping && (await this.erasure.resume()));
  }
}
