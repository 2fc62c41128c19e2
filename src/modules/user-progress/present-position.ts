interface Position {
  positionSeconds: number;
  /** Null when the lesson's length is not known. */
  durationSeconds: number | null;
}

/**
 * Where to resume, in seconds. A lesson can be cut after it was watched: the position is never shown beyond the end that
 * it has now. The stored one stays, in case the lesson gets its former length back.
 */
export const presentPosition = ({ positionSeconds, durationSeconds }: Position): number =>
  Math.min(positionSeconds, durationSeconds || positionSeconds);
