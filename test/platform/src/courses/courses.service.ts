import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { ClientProxy } from '@nestjs/microservices';
import type { PlatformCourse, PlatformLesson } from '../contract.js';
import { NATS_CLIENT } from '../wire/nats.module.js';
import { World } from '../world.js';

@Injectable()
export class CoursesService {
  constructor(
    private readonly world: World,
    @Inject(NATS_CLIENT) private readonly nats: ClientProxy,
  ) {}

  findOne(id: string): PlatformCourse {
    const course = this.world.courses.get(id);
    if (!course) throw new NotFoundException('Course not found');
    return course;
  }

  /** Those that there are: an unknown id is no error. */
  findMany(ids: string[]): PlatformCourse[] {
    return ids.flatMap((id) => this.world.courses.get(id) ?? []);
  }

  findLesson(courseId: string, sectionId: string, id: string): PlatformLesson {
    const section = this.findOne(courseId).sections?.find(({ _id }) => _id === sectionId);
    const lesson = section?.lessons.find(({ _id }) => _id === id);
    if (!lesson) throw new NotFoundException('Lesson not found');
    return lesson;
  }

  /** Row 11: as published, nobody is told. */
  edit(id: string, changes: Partial<PlatformCourse>): void {
    this.world.courses.set(id, { ...this.findOne(id), ...changes });
    if (this.world.isMended(11)) this.nats.emit('course.update', { courseId: id });
  }
}
