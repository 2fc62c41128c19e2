import { Module } from '@nestjs/common';
import { UserClient } from './user-client.js';
import { UserDirectoryService } from './user-directory.service.js';
import { UserEventsListener } from './user-events.listener.js';
import { UserMemory } from './user-memory.js';

/** The user service's knowledge: which users exist, and their roles. */
@Module({
  providers: [UserClient, UserMemory, UserEventsListener, UserDirectoryService],
  exports: [UserDirectoryService],
})
export class UserDirectoryModule {}
