import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { NatsService } from '../../common/nats/nats.service.js';
import { COURSE_UPDATE } from '../../common/nats/subjects.js';
import { CourseCatalogService } from '../course-catalog/course-catalog.service.js';
import { courseToBeUpdated } from './course-update-hint.js';
import { RefreshSchedule } from './refresh-schedule.js';

/** A larger request is not read. Its course is refreshed when it is old. */
const REQUEST_BYTES_MAXIMUM = 1_048_576;

/** Listens to requests to change a course, without answering them, and refreshes the course if it is known. */
@Injectable()
export class CourseUpdateListener implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(CourseUpdateListener.name);
  private readonly schedule = new RefreshSchedule((courseId) => void this.refresh(courseId));

  constructor(
    private readonly nats: NatsService,
    private readonly catalog: CourseCatalogService,
  ) {}

  onModuleInit(): void {
    this.nats.subscribe(COURSE_UPDATE, (message) => {
      if (message.data.length > REQUEST_BYTES_MAXIMUM) return;
      const courseId = courseToBeUpdated(parse(message.string()));
      if (courseId !== null) this.schedule.hint(courseId);
    });
  }

  onApplicationShutdown(): void {
    this.schedule.stop();
  }

  private async refresh(courseId: string): Promise<void> {
    try {
      if (await this.catalog.findStored(courseId)) await this.catalog.refresh(courseId);
    } catch (error) {
      this.logger.warn({ msg: 'changed course was not refreshed', courseId, err: error });
    }
  }
}

/** The message as JSON, or unparsed when it is not JSON: any client may send anything. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
