import { Module } from '@nestjs/common';
import { CursorsModule } from '../../common/cursors/cursors.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CourseCatalogModule } from '../course-catalog/course-catalog.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { CertificateRequestsModule } from './certificate-requests.module.js';
import { PersonalData } from '../privacy/personal-data.js';
import { PersonalDataModule } from '../privacy/personal-data.module.js';
import { CertificateCursor } from './certificate-cursor.js';
import { CertificatesResolver } from './certificates.resolver.js';
import { CertificatesService } from './certificates.service.js';
import { CertificateBlockers } from './facade/certificate-blockers.facade.js';
import { CertificatesByHandFacade } from './facade/certificates-by-hand.facade.js';
import { CERTIFICATE_TABLE } from './personal-data.js';
import { CertificateProxy } from './proxy/certificate.proxy.js';

/** Certificates: their issuing, and their API. */
@Module({
  imports: [
    AuthModule,
    CursorsModule,
    CourseCatalogModule,
    OutboxModule,
    CertificateRequestsModule,
    PersonalDataModule,
  ],
  providers: [
    CertificatesResolver,
    CertificatesService,
    CertificateCursor,
    CertificateBlockers,
    CertificatesByHandFacade,
    CertificateProxy,
  ],
})
export class CertificatesModule {
  constructor(personal: PersonalData) {
    personal.add(CERTIFICATE_TABLE);
  }
}
