import { Module } from '@nestjs/common';
import { BackgroundModule } from '../../common/background/background.module.js';
import { CertificateClient } from '../certificates/certificate-client.js';
import { CertificateRequestHandler } from '../certificates/certificate-request.handler.js';
import { OutboxDelivery } from './outbox-delivery.js';
import { OutboxDispatcher } from './outbox-dispatcher.service.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { ProgressEventHandler } from './progress-event.handler.js';
import { OutboxProxy } from './proxy/outbox.proxy.js';

/** Certificates and events, from the outbox to those who are to know. */
@Module({
  imports: [BackgroundModule],
  providers: [
    CertificateClient,
    CertificateRequestHandler,
    OutboxDelivery,
    OutboxDispatcher,
    OutboxHandlers,
    OutboxProxy,
    ProgressEventHandler,
  ],
  exports: [OutboxDispatcher],
})
export class OutboxModule {}
