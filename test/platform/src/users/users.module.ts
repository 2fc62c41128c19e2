import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { NatsModule } from '../wire/nats.module.js';
import { ProgressListener } from './progress.listener.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [NatsModule, JwtModule.register({ secret: process.env['JWT_SECRET'] })],
  controllers: [UsersController, ProgressListener],
  providers: [UsersService],
})
export class UsersModule {}
