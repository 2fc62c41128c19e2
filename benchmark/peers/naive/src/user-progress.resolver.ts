import { UseGuards } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { JwtGuard } from './jwt.guard.js';
import {
  CourseProgressResponse,
  StatisticsResponse,
  UserProgressFilterInput,
  UserProgressListResponse,
  UserProgressResponse,
} from './types.js';
import { UserProgressProxy } from './user-progress.proxy.js';

@Resolver()
@UseGuards(JwtGuard)
export class UserProgressResolver {
  constructor(private readonly proxy: UserProgressProxy) {}

  @Mutation(() => UserProgressResponse)
  async updateLessonWatchTime(
    @Args('userId') userId: string,
    @Args('lessonId') lessonId: string,
    @Args('seconds', { type: () => Int }) seconds: number,
  ): Promise<UserProgressResponse> {
    const data = await this.proxy.addWatchTime(userId, lessonId, seconds);
    return { success: true, message: 'Watch time updated', data };
  }

  @Query(() => CourseProgressResponse)
  async getCourseProgress(
    @Args('userId') userId: string,
    @Args('courseId') courseId: string,
  ): Promise<CourseProgressResponse> {
    const data = await this.proxy.courseProgress(userId, courseId);
    return { success: true, message: 'Course progress found', data };
  }

  @Query(() => StatisticsResponse)
  async getUserProgressStats(@Args('userId') userId: string): Promise<StatisticsResponse> {
    const data = await this.proxy.statistics(userId);
    return { success: true, message: 'Statistics found', data };
  }

  @Query(() => UserProgressListResponse)
  async userProgressList(
    @Args('filter') filter: UserProgressFilterInput,
    @Args('page', { type: () => Int, defaultValue: 1 }) page: number,
    @Args('limit', { type: () => Int, defaultValue: 12 }) limit: number,
  ): Promise<UserProgressListResponse> {
    const [items, totalItems] = await this.proxy.list(filter, page, limit);
    return {
      success: true,
      message: 'Progress listed',
      items,
      pagination: { totalItems, totalPages: Math.ceil(totalItems / limit), currentPage: page },
    };
  }
}
