import { MessagePattern, Payload } from '@nestjs/microservices';
import { MessageController } from '../wire/message-controller.js';
import { World } from '../world.js';
import { CertificatesService } from './certificates.service.js';

interface Create {
  createCertificateInput: { userId: string; courseId: string };
}

@MessageController()
export class CertificatesController {
  constructor(
    private readonly world: World,
    private readonly certificates: CertificatesService,
  ) {}

  @MessagePattern('certificate.createCertificate')
  async create(@Payload() { createCertificateInput: { userId, courseId } }: Create) {
    const data = await this.certificates.create(userId, courseId);
    const answer = { data, message: 'Certificate created' };
    return this.world.isMended(5) ? { success: true, ...answer } : answer;
  }

  @MessagePattern('certificate.checkCertificateExisted')
  async checkExisted(@Payload() { studentId, courseId }: { studentId: string; courseId: string }) {
    return { exists: await this.certificates.exists(studentId, courseId) };
  }
}
