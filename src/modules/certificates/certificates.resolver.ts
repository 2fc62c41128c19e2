import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { IdPipe } from '../../common/graphql/id.js';
import { PAGE_SIZE_DEFAULT, PageSizePipe } from '../../common/graphql/page-size.js';
import { CurrentAsker, type Asker } from '../auth/asker.decorator.js';
import { CertificatesService } from './certificates.service.js';
import {
  CertificateConnection,
  CertificateResponse,
  CertificateStatusResponse,
} from './dtos/responses.dto.js';
import { CertificateFilterInput } from './inputs/certificate-filter.input.js';

/** The API of certificates: their state, and what to do about those that are stuck. */
@Resolver()
export class CertificatesResolver {
  constructor(private readonly service: CertificatesService) {}

  @Query(() => CertificateStatusResponse, {
    description: 'How far a learner’s certificate for a course is, or what is missing for it.',
  })
  certificateStatus(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
    @Args('courseId', { type: () => String, description: 'The course.' }, IdPipe) courseId: string,
  ): Promise<CertificateStatusResponse> {
    return this.service.status(asker, { userId, courseId });
  }

  @Query(() => CertificateConnection, {
    description: 'Certificates that were earned, by learner and course. For administrators.',
  })
  certificates(
    @CurrentAsker() asker: Asker,
    @Args('filter', {
      nullable: true,
      type: () => CertificateFilterInput,
      description: 'Which certificates.',
    })
    filter: CertificateFilterInput,
    @Args(
      'first',
      {
        type: () => Int,
        nullable: true,
        defaultValue: PAGE_SIZE_DEFAULT,
        description: 'Certificates a page, 1 to 100.',
      },
      PageSizePipe,
    )
    first: number,
    @Args('after', {
      type: () => String,
      nullable: true,
      description: 'A cursor of the same filter and person: go on behind it.',
    })
    after: string | null,
  ): Promise<CertificateConnection> {
    return this.service.list(asker, filter ?? null, first, after ?? null);
  }

  @Mutation(() => CertificateResponse, {
    description:
      'Has a parked certificate requested again, at once. CONFLICT where it is not parked. For administrators.',
  })
  replayCertificate(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
    @Args('courseId', { type: () => String, description: 'The course.' }, IdPipe) courseId: string,
  ): Promise<CertificateResponse> {
    return this.service.replay(asker, { userId, courseId });
  }

  @Mutation(() => CertificateResponse, {
    description:
      'Has a certificate requested no more, until it is replayed. CONFLICT where it is not REQUESTED. For administrators.',
  })
  parkCertificate(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
    @Args('courseId', { type: () => String, description: 'The course.' }, IdPipe) courseId: string,
  ): Promise<CertificateResponse> {
    return this.service.park(asker, { userId, courseId });
  }

  @Mutation(() => CertificateResponse, {
    description:
      'Says that a certificate is issued, which the certificate service cannot say by itself: it is requested no more, and others are told. CONFLICT where it is issued already. For administrators.',
  })
  confirmCertificate(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
    @Args('courseId', { type: () => String, description: 'The course.' }, IdPipe) courseId: string,
  ): Promise<CertificateResponse> {
    return this.service.confirm(asker, { userId, courseId });
  }
}
