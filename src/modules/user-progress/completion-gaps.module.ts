import { Global, Module } from '@nestjs/common';
import { CompletionGaps } from '../certificates/completion-gaps.js';
import { CompletionGapsFacade } from './facade/completion-gaps.facade.js';
import { CompletionGapsProxy } from './proxy/completion-gaps.proxy.js';

/**
 * Provides the port that the certificates module declares. Global, since that module cannot import one that depends on
 * it.
 */
@Global()
@Module({
  providers: [CompletionGapsProxy, { provide: CompletionGaps, useClass: CompletionGapsFacade }],
  exports: [CompletionGaps],
})
export class CompletionGapsModule {}
