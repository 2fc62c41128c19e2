import { MessagePattern, Payload } from '@nestjs/microservices';
import { MessageController } from '../wire/message-controller.js';
import { World } from '../world.js';
import { CoursesService } from './courses.service.js';

interface FindLesson {
  findLessonInput: { courseId: string; sectionId: string; id: string };
}

/** Row 3: as published, the first two subjects are at each other's handler. */
@MessageController()
export class CoursesController {
  constructor(
    private readonly world: World,
    private readonly courses: CoursesService,
  ) {}

  @MessagePattern('course.get.by.id')
  byId(@Payload() data: { id: string; ids: string[] }) {
    if (!this.world.isMended(3)) return this.courses.findMany(data.ids);
    return { success: true, message: 'Course found', data: this.courses.findOne(data.id) };
  }

  @MessagePattern('course.findUsersWithIds')
  byIds(@Payload() data: { id: string; ids: string[] }) {
    if (this.world.isMended(3)) return this.courses.findMany(data.ids);
    return { data: this.courses.findOne(data.id) };
  }

  @MessagePattern('course.get.by.lesson.id')
  lesson(@Payload() { findLessonInput: { courseId, sectionId, id } }: FindLesson) {
    const data = this.courses.findLesson(courseId, sectionId, id);
    return { success: true, message: 'Lesson found', data };
  }
}
