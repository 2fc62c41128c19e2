import { Module } from '@nestjs/common';
import { NatsModule } from '../wire/nats.module.js';
import { CoursesController } from './courses.controller.js';
import { CoursesService } from './courses.service.js';

@Module({
  imports: [NatsModule],
  controllers: [CoursesController],
  providers: [CoursesService],
})
export class CoursesModule {}
