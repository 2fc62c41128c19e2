import { Module } from '@nestjs/common';
import { BackgroundModule } from '../../common/background/background.module.js';
import { CursorsModule } from '../../common/cursors/cursors.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { OutboxDispatcher } from '../outbox/outbox-dispatcher.service.js';
import { CourseCatalogModule } from '../course-catalog/course-catalog.module.js';
import { CompletionGapsModule } from './completion-gaps.module.js';
import { UserDirectoryModule } from '../user-directory/user-directory.module.js';
import { PersonalData } from '../privacy/personal-data.js';
import { PersonalDataModule } from '../privacy/personal-data.module.js';
import { AddWatchTimeFacade } from './write/add-watch-time.facade.js';
import { CommitBatchFacade } from './write/commit-batch.facade.js';
import { ReconcileFacade } from './write/reconcile.facade.js';
import { RecountFacade } from './write/recount.facade.js';
import { EvidenceCleanup } from './write/evidence-cleanup.service.js';
import { IdempotencyKeyCleanup } from './write/idempotency-key-cleanup.service.js';
import { UserProgressFacade } from './facade/user-progress.facade.js';
import { WriteQueue } from './write/write-queue.service.js';
import { PROGRESS_TABLES } from './personal-data.js';
import { ProgressLoaders } from './progress-loaders.js';
import { ProgressCursor } from './progress-cursor.js';
import { ProgressListsResolver } from './progress-lists.resolver.js';
import { ProgressListsService } from './progress-lists.service.js';
import { ProgressTotalsResolver } from './progress-totals.resolver.js';
import { ProgressTotalsService } from './progress-totals.service.js';
import { BatchLockProxy } from './proxy/batch-lock.proxy.js';
import { EvidenceCleanupProxy } from './proxy/evidence-cleanup.proxy.js';
import { IdempotencyProxy } from './proxy/idempotency.proxy.js';
import { LearnerListsProxy } from './proxy/learner-lists.proxy.js';
import { ProgressWriteProxy } from './proxy/progress-write.proxy.js';
import { ReconcileProxy } from './proxy/reconcile.proxy.js';
import { UserProgressProxy } from './proxy/user-progress.proxy.js';
import { WatchEvidenceProxy } from './proxy/watch-evidence.proxy.js';
import { WatchTimeProxy } from './proxy/watch-time.proxy.js';
import { UserProgressResolver } from './user-progress.resolver.js';
import { UserProgressService } from './user-progress.service.js';

/** Learners' progress, and sums over it. */
@Module({
  imports: [
    BackgroundModule,
    AuthModule,
    CursorsModule,
    CompletionGapsModule,
    CourseCatalogModule,
    OutboxModule,
    PersonalDataModule,
    UserDirectoryModule,
  ],
  providers: [
    UserProgressResolver,
    ProgressListsResolver,
    ProgressTotalsResolver,
    UserProgressService,
    ProgressListsService,
    ProgressCursor,
    ProgressTotalsService,
    ProgressLoaders,
    UserProgressFacade,
    AddWatchTimeFacade,
    CommitBatchFacade,
    RecountFacade,
    ReconcileFacade,
    WriteQueue,
    IdempotencyKeyCleanup,
    EvidenceCleanup,
    EvidenceCleanupProxy,
    BatchLockProxy,
    ProgressWriteProxy,
    ReconcileProxy,
    UserProgressProxy,
    LearnerListsProxy,
    WatchEvidenceProxy,
    WatchTimeProxy,
    IdempotencyProxy,
  ],
  exports: [RecountFacade, ReconcileFacade],
})
export class UserProgressModule {
  constructor(queue: WriteQueue, dispatcher: OutboxDispatcher, personal: PersonalData) {
    queue.onCommitted(() => dispatcher.nudge());
    personal.add(...PROGRESS_TABLES);
  }
}
