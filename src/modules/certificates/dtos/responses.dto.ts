import { Field, ObjectType } from '@nestjs/graphql';
import { Answer } from '../../../common/graphql/answer.dto.js';
import { PageInfo } from '../../../common/graphql/page-info.dto.js';
import { Certificate, CertificateCheckTrust, CertificateStatus } from './certificate.dto.js';

@ObjectType({ description: 'How far a learner’s certificate is.' })
export class CertificateStatusResponse extends Answer {
  @Field(() => CertificateStatus, { description: 'The certificate, or what is missing for it.' })
  data: CertificateStatus;
}

@ObjectType({ description: 'A certificate.' })
export class CertificateResponse extends Answer {
  @Field(() => Certificate, { description: 'The certificate as it now is.' })
  data: Certificate;
}

@ObjectType({ description: 'A certificate and the cursor behind it.' })
export class CertificateEdge {
  @Field(() => String, { description: 'Pass it as `after` to go on behind this certificate.' })
  cursor: string;

  @Field(() => Certificate, { description: 'The certificate.' })
  node: Certificate;
}

@ObjectType({ description: 'Certificates, by learner and course, to be walked by cursor (Relay).' })
export class CertificateConnection extends Answer {
  @Field(() => [CertificateEdge], { description: 'The certificates of this page.' })
  edges: CertificateEdge[];

  @Field(() => PageInfo, { description: 'Where this page is.' })
  pageInfo: PageInfo;

  @Field(() => CertificateCheckTrust, {
    description: 'Whether the certificate service is believed, as the answering process last saw.',
  })
  checkTrust: `${CertificateCheckTrust}`;
}
