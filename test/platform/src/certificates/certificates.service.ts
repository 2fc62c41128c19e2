import { ConflictException, Inject, Injectable } from '@nestjs/common';
import { RpcException, type ClientProxy } from '@nestjs/microservices';
import { firstValueFrom, timeout } from 'rxjs';
import type { Certificate } from '../contract.js';
import { NATS_CLIENT } from '../wire/nats.module.js';
import { World } from '../world.js';
import { UniqueViolation } from './certificate-table.js';

const PEER_TIMEOUT_MS = 10_000;

@Injectable()
export class CertificatesService {
  constructor(
    private readonly world: World,
    @Inject(NATS_CLIENT) private readonly nats: ClientProxy,
  ) {}

  /** @throws when the user or the course cannot be had, for whichever reason, or the certificate exists. */
  async create(userId: string, courseId: string): Promise<Certificate> {
    await this.ask('user.get.by.id', { id: userId });
    await this.askForCourse(courseId);
    try {
      return await this.world.certificates.insert(userId, courseId);
    } catch (error) {
      throw error instanceof UniqueViolation ? this.existsAlready() : error;
    }
  }

  /** Row 2: as published, what is found is ignored, and only a failure counts. */
  async exists(userId: string, courseId: string): Promise<boolean> {
    if (this.world.isMended(2)) {
      return (await this.world.certificates.find(userId, courseId)) !== undefined;
    }
    try {
      await this.world.certificates.find(userId, courseId);
      return true;
    } catch {
      return false;
    }
  }

  /** Row 5: as published under the one subject, which row 3 makes fail; mended, under the one that answers. */
  private async askForCourse(id: string): Promise<void> {
    try {
      await this.ask('course.get.by.id', { id });
    } catch (error) {
      if (!this.world.isMended(5)) throw error;
      await this.ask('course.findUsersWithIds', { id });
    }
  }

  /** Row 5: as published it is for row 4 to tell or not. */
  private existsAlready(): Error {
    const message = 'Certificate already exists';
    return this.world.isMended(5)
      ? new RpcException({ statusCode: 409, message })
      : new ConflictException(message);
  }

  private ask(subject: string, data: unknown): Promise<unknown> {
    return firstValueFrom(this.nats.send(subject, data).pipe(timeout(PEER_TIMEOUT_MS)));
  }
}
