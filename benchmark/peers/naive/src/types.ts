import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsBoolean, IsOptional, IsString } from 'class-validator';

@ObjectType('UserProgress')
export class UserProgressType {
  @Field(() => ID)
  id: string;

  @Field()
  userId: string;

  @Field()
  lessonId: string;

  @Field()
  courseId: string;

  @Field()
  completed: boolean;

  @Field(() => Int)
  watch_time_seconds: number;

  @Field()
  createdAt: Date;

  @Field()
  updatedAt: Date;
}

@ObjectType()
export class UserProgressResponse {
  @Field()
  success: boolean;

  @Field()
  message: string;

  @Field(() => UserProgressType)
  data: UserProgressType;
}

@ObjectType()
export class Pagination {
  @Field(() => Int)
  totalItems: number;

  @Field(() => Int)
  totalPages: number;

  @Field(() => Int)
  currentPage: number;
}

@ObjectType()
export class UserProgressListResponse {
  @Field()
  success: boolean;

  @Field()
  message: string;

  @Field(() => [UserProgressType])
  items: UserProgressType[];

  @Field(() => Pagination)
  pagination: Pagination;
}

@ObjectType()
export class CourseProgress {
  @Field()
  courseId: string;

  @Field(() => Int)
  total_lessons: number;

  @Field(() => Int)
  completed_lessons: number;

  @Field(() => Float)
  progress_percentage: number;

  @Field(() => Int)
  total_watch_time: number;
}

@ObjectType()
export class CourseProgressResponse {
  @Field()
  success: boolean;

  @Field()
  message: string;

  @Field(() => CourseProgress)
  data: CourseProgress;
}

@ObjectType()
export class Statistics {
  @Field(() => Int)
  total_courses_enrolled: number;

  @Field(() => Int)
  total_lessons_completed: number;

  @Field(() => Float)
  total_watch_time_hours: number;
}

@ObjectType()
export class StatisticsResponse {
  @Field()
  success: boolean;

  @Field()
  message: string;

  @Field(() => Statistics)
  data: Statistics;
}

@InputType()
export class UserProgressFilterInput {
  @Field({ nullable: true })
  @IsOptional()
  @IsString()
  userId?: string;

  @Field({ nullable: true })
  @IsOptional()
  @IsString()
  courseId?: string;

  @Field({ nullable: true })
  @IsOptional()
  @IsBoolean()
  completed?: boolean;
}
