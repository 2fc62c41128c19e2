import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { CertificateClient } from './certificate-client.js';
import { CertificateRequestHandler } from './certificate-request.handler.js';
import { CertificateRequestProxy } from './proxy/certificate-request.proxy.js';

/** Gets requested certificates issued. Does not depend on GraphQL. */
@Module({
  imports: [OutboxModule],
  providers: [CertificateClient, CertificateRequestHandler, CertificateRequestProxy],
})
export class CertificateRequestsModule {}
