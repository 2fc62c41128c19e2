import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { NatsModule } from '../wire/nats.module.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [NatsModule, JwtModule.register({ secret: process.env['JWT_SECRET'] })],
  controllers: [UsersController],
  providers: [UsersService],
})
export class UsersModule {}
