import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { NatsService } from '../../common/nats/nats.service.js';
import { CertificateCheck } from './certificate-check.js';

const DAY_MS = 86_400_000;

/** Has the certificate service's check tried out at each connection to NATS, the first included, and every day. */
@Injectable()
export class CertificateCheckListener implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly check: CertificateCheck,
    private readonly nats: NatsService,
  ) {}

  onModuleInit(): void {
    this.nats.onConnected(() => void this.probe());
    this.timer = setInterval(() => void this.probe(), DAY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Never throws: a check that could not be tried out is tried again before it is needed. */
  async probe(): Promise<void> {
    await this.check.probe().catch(() => undefined);
  }
}
