import { Module } from '@nestjs/common';
import { BackgroundModule } from '../../common/background/background.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { CertificateCheckListener } from './certificate-check.listener.js';
import { CertificateCheck } from './certificate-check.js';
import { CertificateClient } from './certificate-client.js';
import { CertificateRequestHandler } from './certificate-request.handler.js';
import { CertificateRequestProxy } from './proxy/certificate-request.proxy.js';

/** Gets requested certificates issued. Does not depend on GraphQL. */
@Module({
  imports: [BackgroundModule, OutboxModule],
  providers: [
    CertificateCheck,
    CertificateCheckListener,
    CertificateClient,
    CertificateRequestHandler,
    CertificateRequestProxy,
  ],
  exports: [CertificateCheck],
})
export class CertificateRequestsModule {}
