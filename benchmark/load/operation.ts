/** What a client may ask, in any server's dialect. */
export type Operation =
  | { kind: 'beat'; userId: string; lessonId: string; seconds: number }
  | {
      /** `begin`: the first beats of a lesson, which begin its record. */
      kind: 'recordWatch' | 'begin';
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

/** A server's answer, reduced to the facts that can be checked. */
export type Facts = Record<string, string | number>;

/** How to ask one kind of server, and how to read its answers. */
export interface Dialect {
  readonly path: string;
  /** The request's body: JSON. */
  body(operation: Operation): string;
  /** @throws Error for an answer that is, or contains, an error */
  facts(kind: OperationKind, answer: unknown): Facts;
}
