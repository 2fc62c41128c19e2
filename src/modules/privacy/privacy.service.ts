import { Inject, Injectable } from '@nestjs/common';
import { Messages } from '../../common/i18n/messages.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { AccessPolicy } from '../auth/access-policy.js';
import type { Asker } from '../auth/asker.decorator.js';
import type { EraseUserResponse, ExportUserDataResponse } from './dtos/responses.dto.js';
import { ExportCursor } from './export-cursor.js';
import {
  toCertificate,
  toClockHour,
  toCourse,
  toIdempotencyKey,
  toRecord,
  toSession,
} from './exported-entries.js';
import { ErasureFacade } from './facade/erasure.facade.js';
import { ExportProxy, type ExportPage, type ExportPosition } from './proxy/export.proxy.js';

/** Entries of each list that one answer holds at most: some 300 KB. */
const PAGE_SIZE = 500;

const BEGINNING: ExportPosition = {
  recordId: '00000000-0000-0000-0000-000000000000',
  courseId: '',
  certificateCourseId: '',
  sessionId: '',
  hour: -(2 ** 31),
  idempotencyKey: '',
};

/** What a learner may have done with what is kept of them. */
@Injectable()
export class PrivacyService {
  private readonly cursors: ExportCursor;

  constructor(
    private readonly erasure: ErasureFacade,
    private readonly proxy: ExportProxy,
    private readonly policy: AccessPolicy,
    private readonly messages: Messages,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.cursors = new ExportCursor(environment.JWT_SECRET || environment.POSTGRES_PASSWORD);
  }

  async erase(asker: Asker, userId: string): Promise<EraseUserResponse> {
    await this.policy.authorize(asker.identity, 'eraseUser', { userId });
    const deleted = await this.erasure.erase(userId);
    return {
      success: true,
      message: this.messages.text('success.userErased', asker.language),
      data: {
        deleted_records: deleted.user_progress,
        deleted_courses: deleted.course_progress,
        deleted_certificates: deleted.certificate,
      },
    };
  }

  async export(
    asker: Asker,
    userId: string,
    after: string | null,
  ): Promise<ExportUserDataResponse> {
    await this.policy.authorize(asker.identity, 'exportUserData', { userId });
    const askerId = asker.identity.userId;
    // A cursor of an older version knows nothing of the lists that have come since: they begin.
    const start =
      after === null ? BEGINNING : { ...BEGINNING, ...this.cursors.open(after, askerId, userId) };
    const page = await this.proxy.page(userId, start, PAGE_SIZE);
    const isMore = Object.values<unknown[]>({ ...page }).some(({ length }) => length === PAGE_SIZE);
    return {
      success: true,
      message: this.messages.text('success.userExported', asker.language),
      data: {
        userId,
        records: page.records.map(toRecord),
        courses: page.courses.map(toCourse),
        certificates: page.certificates.map(toCertificate),
        sessions: page.sessions.map(toSession),
        clock: page.clock.map(toClockHour),
        idempotency_keys: page.idempotencyKeys.map(toIdempotencyKey),
        next: isMore ? this.cursors.seal(endOf(page, start), askerId, userId) : null,
      },
    };
  }
}

/** A list that is at its end stays there. */
function endOf(page: ExportPage, start: ExportPosition): ExportPosition {
  return {
    recordId: page.records.at(-1)?.id ?? start.recordId,
    courseId: page.courses.at(-1)?.course_id ?? start.courseId,
    certificateCourseId: page.certificates.at(-1)?.course_id ?? start.certificateCourseId,
    sessionId: page.sessions.at(-1)?.session_id ?? start.sessionId,
    hour: page.clock.at(-1)?.hour ?? start.hour,
    idempotencyKey: page.idempotencyKeys.at(-1)?.key ?? start.idempotencyKey,
  };
}
