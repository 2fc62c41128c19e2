/** What a client may ask, whatever the server's dialect. */
export type Operation =
  | { kind: 'beat'; userId: string; lessonId: string; seconds: number }
  | {
      kind: 'recordWatch';
      userId: string;
      courseId: string;
      lessonId: string;
      sessionId: string;
      beats: { seq: number; from: number; to: number; rate: number; at: string }[];
    }
  | { kind: 'courseProgress'; userId: string; courseId: string }
  | { kind: 'statistics'; userId: string }
  | { kind: 'list'; userId: string; limit: number };

export type OperationKind = Operation['kind'];

/** What a server answered, reduced to what can be compared with what it should have. */
export type Facts = Record<string, string | number>;

/** How one kind of server is asked, and its answers read. */
export interface Dialect {
  readonly path: string;
  /** The request's body: JSON. */
  body(operation: Operation): string;
  /** @throws Error for an answer that says, or is, an error */
  facts(kind: OperationKind, answer: unknown): Facts;
}
