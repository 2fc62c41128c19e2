import { Module } from '@nestjs/common';
import { BackgroundModule } from '../../common/background/background.module.js';
import { PersonalData } from '../privacy/personal-data.js';
import { PersonalDataModule } from '../privacy/personal-data.module.js';
import { AnalyticsHistory } from './audit/history/analytics-history.service.js';
import { BuildHistoryFacade } from './audit/history/build-history.facade.js';
import { OneMoment } from './audit/one-moment.facade.js';
import { AnalyticsAuditProxy } from './audit/proxy/analytics-audit.proxy.js';
import { HistoryProxy } from './audit/proxy/history.proxy.js';
import { AnalyticsBeginning } from './folding/analytics-beginning.service.js';
import { AnalyticsFolder } from './folding/analytics-folder.service.js';
import { DayCleanup } from './folding/day-cleanup.service.js';
import { FoldJournalFacade } from './folding/fold-journal.facade.js';
import { FoldingProxy } from './folding/proxy/folding.proxy.js';
import { ANALYTICS_TABLES } from './personal-data.js';

/** Figures of learning: a journal of moves, folded into sums. */
@Module({
  imports: [BackgroundModule, PersonalDataModule],
  providers: [
    ...[AnalyticsBeginning, AnalyticsFolder, DayCleanup, FoldJournalFacade, FoldingProxy],
    ...[AnalyticsHistory, BuildHistoryFacade, AnalyticsAuditProxy, HistoryProxy, OneMoment],
  ],
})
export class AnalyticsModule {
  constructor(personal: PersonalData) {
    personal.add(...ANALYTICS_TABLES);
  }
}
