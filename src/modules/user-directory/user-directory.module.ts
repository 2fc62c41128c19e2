import { Module } from '@nestjs/common';
import { UserClient } from './user-client.js';
import { UserDirectoryService } from './user-directory.service.js';
import { UserEventsListener } from './user-events.listener.js';
import { UserMemory } from './user-memory.js';

/** Who exists and in which role, as the user service says. */
@Module({
  providers: [UserClient, UserMemory, UserEventsListener, UserDirectoryService],
  exports: [UserDirectoryService],
})
export class UserDirectoryModule {}
