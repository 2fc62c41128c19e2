/**
 * The documents, each with one operation and constant: the service keeps those that it has served. The build validates
 * them against its schema.
 */
export const RECORD =
  'mutation PlayerRecord($input:RecordWatchInput!){recordWatch(input:$input){serverTime data{completed position_seconds unique_seconds coverage_percentage watched{from to}}beats{seq result creditedSeconds reason}}}';

export const RESUME =
  'query PlayerResume($userId:String!,$lessonId:String!){userProgressByUserAndLesson(userId:$userId,lessonId:$lessonId){data{completed position_seconds unique_seconds coverage_percentage watched{from to}}}}';

/** For the `Date` header of its answer. */
export const CLOCK = 'query PlayerClock{__typename}';
