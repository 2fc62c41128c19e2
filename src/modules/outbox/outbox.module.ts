import { Module } from '@nestjs/common';
import { BackgroundModule } from '../../common/background/background.module.js';
import { PersonalData } from '../privacy/personal-data.js';
import { PersonalDataModule } from '../privacy/personal-data.module.js';
import { OutboxDelivery } from './outbox-delivery.js';
import { OutboxDispatcher } from './outbox-dispatcher.service.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { OUTBOX_TABLE } from './personal-data.js';
import { ProgressEventHandler } from './progress-event.handler.js';
import { OutboxProxy } from './proxy/outbox.proxy.js';

/**
 * Messages to others, from the commit that wrote them until they are delivered. Delivers events; other modules register
 * handlers for their own topics.
 */
@Module({
  imports: [BackgroundModule, PersonalDataModule],
  providers: [OutboxDelivery, OutboxDispatcher, OutboxHandlers, OutboxProxy, ProgressEventHandler],
  exports: [OutboxDispatcher, OutboxHandlers],
})
export class OutboxModule {
  constructor(personal: PersonalData) {
    personal.add(OUTBOX_TABLE);
  }
}
