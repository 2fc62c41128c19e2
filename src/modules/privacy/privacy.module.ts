import { Module } from '@nestjs/common';
import { BackgroundModule } from '../../common/background/background.module.js';
import { CursorsModule } from '../../common/cursors/cursors.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ErasureFinisher } from './erasure-finisher.service.js';
import { ExportCursor } from './export-cursor.js';
import { ErasureFacade } from './facade/erasure.facade.js';
import { DeletionBacklogReader } from './deletion-backlog.reader.js';
import { PersonalData } from './personal-data.js';
import { PersonalDataModule } from './personal-data.module.js';
import { PrivacyResolver } from './privacy.resolver.js';
import { PrivacyService } from './privacy.service.js';
import { ErasureProxy } from './proxy/erasure.proxy.js';
import { ExportProxy } from './proxy/export.proxy.js';
import { UnreadEventProxy } from './proxy/unread-event.proxy.js';
import { UNREAD_EVENTS_TABLE } from './unread-events-table.js';
import { UnreadEvents } from './unread-events.service.js';
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
    UnreadEventProxy,
    UnreadEvents,
    UserDeletedListener,
  ],
})
export class PrivacyModule {
  constructor(personal: PersonalData) {
    personal.add(UNREAD_EVENTS_TABLE);
  }
}
