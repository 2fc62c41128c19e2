import { Module } from '@nestjs/common';
import { UserClient } from './user-client.js';
import { UserDirectoryService } from './user-directory.service.js';

@Module({
  providers: [UserClient, UserDirectoryService],
  exports: [UserDirectoryService],
})
export class UserDirectoryModule {}
