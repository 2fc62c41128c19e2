/** Whose watching is recorded, where, and how it is sent. */
export interface AttachOptions {
  /** Address of the service's GraphQL endpoint. */
  endpoint: string;
  userId: string;
  courseId: string;
  lessonId: string;
  /**
   * The learner's token. Asked before each request; with `refresh: true` after the service refused the last one, once.
   * If it fails, beats wait as they do without a network.
   */
  getToken: (wish: { refresh: boolean }) => string | Promise<string>;
  /** Seconds in a beat, at most: of the medium, and above 1× of the learner's time; 30. */
  beatSeconds?: number;
  /** Seconds that a finished beat waits for others before it is sent, at most; 30. */
  flushSeconds?: number;
  /** Pauses this learner's media in other tabs when this one plays; false. */
  exclusive?: boolean;
  /** Name of the first session: 1 to 64 letters, digits, `-` or `_`, never used before. Made up if it is left out. */
  session?: string;
  /** Whether beats are kept in IndexedDB until they are answered; true. False: in memory, so that closing loses them. */
  persist?: boolean;
}

export type Settings = Required<Omit<AttachOptions, 'session'>>;

export const withDefaults = (options: AttachOptions): Settings => ({
  beatSeconds: 30,
  flushSeconds: 30,
  exclusive: false,
  persist: true,
  ...options,
});
