import { Module } from '@nestjs/common';
import { CourseCatalogService } from './course-catalog.service.js';
import { CourseClient } from './course-client.js';
import { CourseMemory } from './course-memory.js';
import { CourseSource } from './course-source.js';
import { CourseShrinkProxy } from './proxy/course-shrink.proxy.js';
import { CourseProxy } from './proxy/course.proxy.js';
import { UnlistedLessonProxy } from './proxy/unlisted-lesson.proxy.js';
import { UnlistedLessons } from './unlisted-lessons.js';

@Module({
  providers: [
    CourseCatalogService,
    CourseClient,
    CourseMemory,
    CourseProxy,
    CourseShrinkProxy,
    CourseSource,
    UnlistedLessonProxy,
    UnlistedLessons,
  ],
  exports: [CourseCatalogService, CourseShrinkProxy],
})
export class CourseCatalogModule {}
