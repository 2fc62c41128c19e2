import { Injectable } from '@nestjs/common';
import { answer } from '../../common/graphql/answers.js';
import { Messages } from '../../common/i18n/messages.js';
import { AccessPolicy } from '../auth/access-policy.js';
import type { Asker } from '../auth/asker.decorator.js';
import type { EraseUserResponse, ExportUserDataResponse } from './dtos/responses.dto.js';
import { ExportCursor } from './export-cursor.js';
import { ErasureFacade } from './facade/erasure.facade.js';
import { ExportProxy } from './proxy/export.proxy.js';

/** The most entries of each list in one answer: about 300 KB. */
export const EXPORT_ENTRIES_MAXIMUM = 500;

/** Exports and erases a learner's data. Every method asks the access policy first. */
@Injectable()
export class PrivacyService {
  constructor(
    private readonly erasure: ErasureFacade,
    private readonly proxy: ExportProxy,
    private readonly policy: AccessPolicy,
    private readonly messages: Messages,
    private readonly cursors: ExportCursor,
  ) {}

  async erase(asker: Asker, userId: string): Promise<EraseUserResponse> {
    await this.policy.authorize(asker.identity, 'eraseUser', { userId });
    const erased = await this.erasure.erase(userId);
    return answer(this.messages, asker, 'userErased', {
      data: {
        deleted_records: erased['user_progress'] ?? 0,
        deleted_courses: erased['course_progress'] ?? 0,
        deleted_certificates: erased['certificate'] ?? 0,
      },
    });
  }

  async export(
    asker: Asker,
    userId: string,
    after: string | null,
  ): Promise<ExportUserDataResponse> {
    await this.policy.authorize(asker.identity, 'exportUserData', { userId });
    const askerId = asker.identity.userId;
    // A cursor of an older version has no position for newer lists: they start at the beginning.
    const start = after === null ? {} : this.cursors.open(after, askerId, userId);
    const { lists, next } = await this.proxy.page(userId, start, EXPORT_ENTRIES_MAXIMUM);
    return answer(this.messages, asker, 'userExported', {
      data: {
        userId,
        ...lists,
        next: next === null ? null : this.cursors.seal(next, askerId, userId),
      },
    });
  }
}
