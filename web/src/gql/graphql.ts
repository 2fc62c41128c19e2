/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** In which order courses are listed. */
export type MyCoursesOrder =
  /** Those with most learners at risk first. */
  | 'AT_RISK_DESC'
  /** Those with most learners first. */
  | 'LEARNERS_DESC'
  /** By title; courses of which none is known first. */
  | 'TITLE_ASC';

export type TeachersAsOfQueryVariables = Exact<{ [key: string]: never; }>;


export type TeachersAsOfQuery = { myCourses: { as_of: string, version: string } };

export type LearnersAsOfQueryVariables = Exact<{
  userId: string;
  day?: string | null | undefined;
}>;


export type LearnersAsOfQuery = { learningActivity: { data: { as_of: string, version: string } } };

export type LearnersAtRiskQueryVariables = Exact<{
  courseId: string;
  silentDays: number;
  first: number;
  after?: string | null | undefined;
}>;


export type LearnersAtRiskQuery = { courseLearnersAtRisk: { as_of: string, version: string, time_zone: string, total_learners: number, edges: Array<{ node: { userId: string, last_active_on: string, completed_lessons: number, total_lessons: number, last_lesson: { lessonId: string, title: string | null } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CourseHeadQueryVariables = Exact<{
  courseId: string;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type CourseHeadQuery = { courseAnalytics: { data: { as_of: string, version: string, time_zone: string, since: string, title: string | null, being_evaluated: boolean, learners: number, completers: number, completion_rate: number | null, completion_rate_settled: number | null, lost: number, certificates_issued: number, period: { from: string, to: string, enrolled: number, monthly_active: number | null, courses_completed: number, watch_time_seconds: number | null }, whole_days: { period: { from: string, to: string, enrolled: number, monthly_active: number | null, courses_completed: number, watch_time_seconds: number | null }, period_before: { from: string, to: string, enrolled: number, monthly_active: number | null, courses_completed: number, watch_time_seconds: number | null } } | null } } };

export type CourseDaysQueryVariables = Exact<{
  courseId: string;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type CourseDaysQuery = { courseAnalytics: { data: { as_of: string, version: string, time_zone: string, since: string, days: Array<{ day: string, enrolled: number, active: number | null, weekly_active: number | null, monthly_active: number | null, courses_completed: number, watch_time_seconds: number | null }> } } };

export type CourseLessonsQueryVariables = Exact<{
  courseId: string;
}>;


export type CourseLessonsQuery = { courseAnalytics: { data: { as_of: string, version: string, learners: number, completion_rate: number | null, at_risk: number, worst_drop_off: { lessonId: string, title: string | null, stopped: number, started: number } | null, lessons: Array<{ lessonId: string, title: string | null, listed: boolean, duration_seconds: number | null, started: number, completed: number, stopped: number, average_coverage: number | null, rewatch_ratio: number | null, watch_time_seconds: number }> } } };

export type CourseTimesQueryVariables = Exact<{
  courseId: string;
}>;


export type CourseTimesQuery = { courseAnalytics: { data: { as_of: string, version: string, completers: number, median_days_to_complete: number | null, p90_days_to_complete: number | null, days_to_complete: Array<{ days: number, learners: number }> } } };

export type CourseCohortsQueryVariables = Exact<{
  courseId: string;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type CourseCohortsQuery = { courseAnalytics: { data: { as_of: string, version: string, cohorts: Array<{ week: string, last_week: string, learners: number, within: Array<{ weeks: number, learners: number | null }> }> } } };

export type CourseTitleQueryVariables = Exact<{
  courseId: string;
}>;


export type CourseTitleQuery = { courseAnalytics: { data: { as_of: string, version: string, title: string | null } } };

export type MyCoursesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  orderBy: MyCoursesOrder;
}>;


export type MyCoursesQuery = { myCourses: { as_of: string, version: string, time_zone: string, since: string, edges: Array<{ node: { courseId: string, title: string | null, being_evaluated: boolean, learners: number, completers: number, completion_rate: number | null, at_risk: number, worst_drop_off: { lessonId: string, title: string | null, stopped: number, started: number } | null, weeks: Array<{ week: string, enrolled: number, watch_time_seconds: number | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type LearningQueryVariables = Exact<{
  userId: string;
  from?: string | null | undefined;
}>;


export type LearningQuery = { learningActivity: { data: { as_of: string, version: string, time_zone: string, since: string, current_streak: number, longest_streak: number, active_days: number, days: Array<{ day: string, seconds: number, lessons_completed: number }> } } };

export type LastWatchedQueryVariables = Exact<{
  userId: string;
}>;


export type LastWatchedQuery = { userProgressList: { items: Array<{ id: string, courseId: string, lessonId: string, position_seconds: number, coverage_percentage: number | null, updatedAt: string }> } };

export type MissingLessonsQueryVariables = Exact<{
  userId: string;
  courseId: string;
}>;


export type MissingLessonsQuery = { getCourseProgress: { data: { title: string | null, total_lessons: number, completed_lessons: number, progress_percentage: number } }, certificateStatus: { data: { blockers: Array<{ lessonId: string, title: string | null, missing_seconds: number | null }> } } };

export type LessonQueryVariables = Exact<{
  courseId: string;
  lessonId: string;
  points?: number | null | undefined;
}>;


export type LessonQuery = { lessonAnalytics: { data: { as_of: string, version: string, time_zone: string, learners: number, duration_seconds: number | null, withheld: boolean, seconds_per_point: number, seen: Array<number>, replayed: Array<number | null>, hotspots: Array<{ from: number, to: number, share: number }>, leave_points: Array<{ from: number, to: number, lost: number }>, lesson: { title: string | null, started: number, completed: number, stopped: number, average_coverage: number | null, intro_hold: number | null, rewatch_ratio: number | null, watch_time_seconds: number } } } };

export type LessonMomentsQueryVariables = Exact<{
  courseId: string;
  lessonId: string;
  firstSeconds?: number | null | undefined;
}>;


export type LessonMomentsQuery = { lessonAnalytics: { data: { as_of: string, version: string, learners: number, hotspots: Array<{ from: number, to: number, share: number }>, leave_points: Array<{ from: number, to: number, lost: number }> } } };

export type PlatformQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type PlatformQuery = { platformAnalytics: { data: { as_of: string, version: string, time_zone: string, since: string, period: { from: string, to: string, enrolled: number, monthly_active: number | null, courses_completed: number, watch_time_seconds: number | null }, whole_days: { period: { from: string, to: string, enrolled: number, monthly_active: number | null, courses_completed: number, watch_time_seconds: number | null }, period_before: { from: string, to: string, enrolled: number, monthly_active: number | null, courses_completed: number, watch_time_seconds: number | null } } | null, days: Array<{ day: string, enrolled: number, active: number | null, weekly_active: number | null, monthly_active: number | null, courses_completed: number, watch_time_seconds: number | null }> } } };

export type TopCoursesQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type TopCoursesQuery = { platformAnalytics: { data: { as_of: string, version: string, top_courses: Array<{ courseId: string, title: string | null, watch_time_seconds: number, enrolled: number, courses_completed: number }> } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const TeachersAsOfDocument = new TypedDocumentString(`
    query TeachersAsOf {
  myCourses(first: 1) {
    as_of
    version
  }
}
    `) as unknown as TypedDocumentString<TeachersAsOfQuery, TeachersAsOfQueryVariables>;
export const LearnersAsOfDocument = new TypedDocumentString(`
    query LearnersAsOf($userId: String!, $day: Date) {
  learningActivity(userId: $userId, from: $day) {
    data {
      as_of
      version
    }
  }
}
    `) as unknown as TypedDocumentString<LearnersAsOfQuery, LearnersAsOfQueryVariables>;
export const LearnersAtRiskDocument = new TypedDocumentString(`
    query LearnersAtRisk($courseId: String!, $silentDays: Int!, $first: Int!, $after: String) {
  courseLearnersAtRisk(
    courseId: $courseId
    silentDays: $silentDays
    first: $first
    after: $after
  ) {
    as_of
    version
    time_zone
    total_learners
    edges {
      node {
        userId
        last_active_on
        last_lesson {
          lessonId
          title
        }
        completed_lessons
        total_lessons
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<LearnersAtRiskQuery, LearnersAtRiskQueryVariables>;
export const CourseHeadDocument = new TypedDocumentString(`
    query CourseHead($courseId: String!, $from: Date, $to: Date) {
  courseAnalytics(courseId: $courseId, from: $from, to: $to) {
    data {
      as_of
      version
      time_zone
      since
      title
      being_evaluated
      learners
      completers
      completion_rate
      completion_rate_settled
      lost
      certificates_issued
      period {
        from
        to
        enrolled
        monthly_active
        courses_completed
        watch_time_seconds
      }
      whole_days {
        period {
          from
          to
          enrolled
          monthly_active
          courses_completed
          watch_time_seconds
        }
        period_before {
          from
          to
          enrolled
          monthly_active
          courses_completed
          watch_time_seconds
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CourseHeadQuery, CourseHeadQueryVariables>;
export const CourseDaysDocument = new TypedDocumentString(`
    query CourseDays($courseId: String!, $from: Date, $to: Date) {
  courseAnalytics(courseId: $courseId, from: $from, to: $to) {
    data {
      as_of
      version
      time_zone
      since
      days {
        day
        enrolled
        active
        weekly_active
        monthly_active
        courses_completed
        watch_time_seconds
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CourseDaysQuery, CourseDaysQueryVariables>;
export const CourseLessonsDocument = new TypedDocumentString(`
    query CourseLessons($courseId: String!) {
  courseAnalytics(courseId: $courseId) {
    data {
      as_of
      version
      learners
      completion_rate
      at_risk
      worst_drop_off {
        lessonId
        title
        stopped
        started
      }
      lessons {
        lessonId
        title
        listed
        duration_seconds
        started
        completed
        stopped
        average_coverage
        rewatch_ratio
        watch_time_seconds
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CourseLessonsQuery, CourseLessonsQueryVariables>;
export const CourseTimesDocument = new TypedDocumentString(`
    query CourseTimes($courseId: String!) {
  courseAnalytics(courseId: $courseId) {
    data {
      as_of
      version
      completers
      median_days_to_complete
      p90_days_to_complete
      days_to_complete {
        days
        learners
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CourseTimesQuery, CourseTimesQueryVariables>;
export const CourseCohortsDocument = new TypedDocumentString(`
    query CourseCohorts($courseId: String!, $from: Date, $to: Date) {
  courseAnalytics(courseId: $courseId, from: $from, to: $to) {
    data {
      as_of
      version
      cohorts {
        week
        last_week
        learners
        within {
          weeks
          learners
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CourseCohortsQuery, CourseCohortsQueryVariables>;
export const CourseTitleDocument = new TypedDocumentString(`
    query CourseTitle($courseId: String!) {
  courseAnalytics(courseId: $courseId) {
    data {
      as_of
      version
      title
    }
  }
}
    `) as unknown as TypedDocumentString<CourseTitleQuery, CourseTitleQueryVariables>;
export const MyCoursesDocument = new TypedDocumentString(`
    query MyCourses($first: Int!, $after: String, $orderBy: MyCoursesOrder!) {
  myCourses(first: $first, after: $after, orderBy: $orderBy) {
    as_of
    version
    time_zone
    since
    edges {
      node {
        courseId
        title
        being_evaluated
        learners
        completers
        completion_rate
        at_risk
        worst_drop_off {
          lessonId
          title
          stopped
          started
        }
        weeks {
          week
          enrolled
          watch_time_seconds
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<MyCoursesQuery, MyCoursesQueryVariables>;
export const LearningDocument = new TypedDocumentString(`
    query Learning($userId: String!, $from: Date) {
  learningActivity(userId: $userId, from: $from) {
    data {
      as_of
      version
      time_zone
      since
      current_streak
      longest_streak
      active_days
      days {
        day
        seconds
        lessons_completed
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LearningQuery, LearningQueryVariables>;
export const LastWatchedDocument = new TypedDocumentString(`
    query LastWatched($userId: String!) {
  userProgressList(
    filter: {userId: $userId, completed: false}
    orderBy: UPDATED_DESC
    limit: 3
  ) {
    items {
      id
      courseId
      lessonId
      position_seconds
      coverage_percentage
      updatedAt
    }
  }
}
    `) as unknown as TypedDocumentString<LastWatchedQuery, LastWatchedQueryVariables>;
export const MissingLessonsDocument = new TypedDocumentString(`
    query MissingLessons($userId: String!, $courseId: String!) {
  getCourseProgress(userId: $userId, courseId: $courseId) {
    data {
      title
      total_lessons
      completed_lessons
      progress_percentage
    }
  }
  certificateStatus(userId: $userId, courseId: $courseId) {
    data {
      blockers {
        lessonId
        title
        missing_seconds
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MissingLessonsQuery, MissingLessonsQueryVariables>;
export const LessonDocument = new TypedDocumentString(`
    query Lesson($courseId: String!, $lessonId: String!, $points: Int) {
  lessonAnalytics(courseId: $courseId, lessonId: $lessonId, points: $points) {
    data {
      as_of
      version
      time_zone
      learners
      duration_seconds
      withheld
      seconds_per_point
      seen
      replayed
      hotspots {
        from
        to
        share
      }
      leave_points {
        from
        to
        lost
      }
      lesson {
        title
        started
        completed
        stopped
        average_coverage
        intro_hold
        rewatch_ratio
        watch_time_seconds
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LessonQuery, LessonQueryVariables>;
export const LessonMomentsDocument = new TypedDocumentString(`
    query LessonMoments($courseId: String!, $lessonId: String!, $firstSeconds: Int) {
  lessonAnalytics(
    courseId: $courseId
    lessonId: $lessonId
    points: 1
    firstSeconds: $firstSeconds
  ) {
    data {
      as_of
      version
      learners
      hotspots {
        from
        to
        share
      }
      leave_points {
        from
        to
        lost
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LessonMomentsQuery, LessonMomentsQueryVariables>;
export const PlatformDocument = new TypedDocumentString(`
    query Platform($from: Date, $to: Date) {
  platformAnalytics(from: $from, to: $to) {
    data {
      as_of
      version
      time_zone
      since
      period {
        from
        to
        enrolled
        monthly_active
        courses_completed
        watch_time_seconds
      }
      whole_days {
        period {
          from
          to
          enrolled
          monthly_active
          courses_completed
          watch_time_seconds
        }
        period_before {
          from
          to
          enrolled
          monthly_active
          courses_completed
          watch_time_seconds
        }
      }
      days {
        day
        enrolled
        active
        weekly_active
        monthly_active
        courses_completed
        watch_time_seconds
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PlatformQuery, PlatformQueryVariables>;
export const TopCoursesDocument = new TypedDocumentString(`
    query TopCourses($from: Date, $to: Date) {
  platformAnalytics(from: $from, to: $to) {
    data {
      as_of
      version
      top_courses {
        courseId
        title
        watch_time_seconds
        enrolled
        courses_completed
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TopCoursesQuery, TopCoursesQueryVariables>;