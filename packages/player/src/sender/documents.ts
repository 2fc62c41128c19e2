/**
 * The documents, each with one operation and constant: the service keeps those that it has served. The build validates
 * them against its schema.
 */
const DATA = 'data{completed position_seconds unique_seconds coverage_percentage watched{from to}}';

export const WATCH = `mutation Watch($input:RecordWatchInput!){recordWatch(input:$input){serverTime ${DATA}beats{seq result creditedSeconds reason}}}`;

export const RESUME = `query Resume($userId:String!,$lessonId:String!){userProgressByUserAndLesson(userId:$userId,lessonId:$lessonId){${DATA}}}`;

/** For the `Date` header of its answer. */
export const CLOCK = 'query Clock{__typename}';
