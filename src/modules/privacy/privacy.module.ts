import { Module } from '@nestjs/common';
import { BackgroundModule } from '../../common/background/background.module.js';
import { CursorsModule } from '../../common/cursors/cursors.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ErasureFinisher } from './erasure-finisher.service.js';
import { ExportCursor } from './export-cursor.js';
import { ErasureFacade } from './facade/erasure.facade.js';
import { DeletionBacklogReader } from './deletion-backlog.reader.js';
import { PersonalDataModule } from './personal-data.module.js';
import { PrivacyResolver } from './privacy.resolver.js';
import { PrivacyService } from './privacy.service.js';
import { ErasureProxy } from './proxy/erasure.proxy.js';
import { ExportProxy } from './proxy/export.proxy.js';
import { UnreadDeletionProxy } from './proxy/unread-deletion.proxy.js';
import { UnreadDeletions } from './unread-deletions.service.js';
import { UserDeletedListener } from './user-deleted.listener.js';

/** A learner's rights: to see all stored data about them, and to have it erased. */
@Module({
  imports: [BackgroundModule, AuthModule, CursorsModule, PersonalDataModule],
  providers: [
    PrivacyResolver,
    PrivacyService,
    ExportCursor,
    ErasureFacade,
    ErasureFinisher,
    ErasureProxy,
    ExportProxy,
    DeletionBacklogReader,
    UnreadDeletionProxy,
    UnreadDeletions,
    UserDeletedListener,
  ],
})
export class PrivacyModule {}
