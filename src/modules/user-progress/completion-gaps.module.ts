import { Global, Module } from '@nestjs/common';
import { CompletionGaps } from '../certificates/completion-gaps.js';
import { CompletionGapsFacade } from './facade/completion-gaps.facade.js';
import { CompletionGapsProxy } from './proxy/completion-gaps.proxy.js';

/** Hands the certificates their port. Global, since their module cannot import what stands on them. */
@Global()
@Module({
  providers: [CompletionGapsProxy, { provide: CompletionGaps, useClass: CompletionGapsFacade }],
  exports: [CompletionGaps],
})
export class CompletionGapsModule {}
