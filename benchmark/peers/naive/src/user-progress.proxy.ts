import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CourseLesson, UserProgress } from './entities.js';
import type { CourseProgress, Statistics, UserProgressFilterInput } from './types.js';

@Injectable()
export class UserProgressProxy {
  constructor(
    @InjectRepository(UserProgress) private readonly records: Repository<UserProgress>,
    @InjectRepository(CourseLesson) private readonly lessons: Repository<CourseLesson>,
  ) {}

  async addWatchTime(userId: string, lessonId: string, seconds: number): Promise<UserProgress> {
    const record = await this.records.findOne({ where: { userId, lessonId } });
    if (!record) throw new NotFoundException();
    const watch_time_seconds = record.watch_time_seconds + seconds;
    await this.records.update(record.id, { watch_time_seconds });
    return { ...record, watch_time_seconds, updatedAt: new Date() };
  }

  async courseProgress(userId: string, courseId: string): Promise<CourseProgress> {
    const [total, completed, seconds] = await Promise.all([
      this.lessons.count({ where: { courseId } }),
      this.records.count({ where: { userId, courseId, completed: true } }),
      this.records.sum('watch_time_seconds', { userId, courseId }),
    ]);
    return {
      courseId,
      total_lessons: total,
      completed_lessons: completed,
      progress_percentage: total === 0 ? 0 : (completed / total) * 100,
      total_watch_time: seconds ?? 0,
    };
  }

  async statistics(userId: string): Promise<Statistics> {
    const [courses, completed, seconds] = await Promise.all([
      this.records
        .createQueryBuilder('progress')
        .select('COUNT(DISTINCT progress.courseId)', 'count')
        .where('progress.userId = :userId', { userId })
        .getRawOne<{ count: string }>(),
      this.records.count({ where: { userId, completed: true } }),
      this.records.sum('watch_time_seconds', { userId }),
    ]);
    return {
      total_courses_enrolled: Number(courses?.count ?? 0),
      total_lessons_completed: completed,
      total_watch_time_hours: Math.round((seconds ?? 0) / 36) / 100,
    };
  }

  list(
    filter: UserProgressFilterInput,
    page: number,
    limit: number,
  ): Promise<[UserProgress[], number]> {
    return this.records.findAndCount({
      where: { ...filter },
      order: { id: 'ASC' },
      skip: (page - 1) * limit,
      take: limit,
    });
  }
}
