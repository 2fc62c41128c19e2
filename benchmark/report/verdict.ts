export interface Verdict {
  text: string;
  /** A target and the measured value. */
  value: number;
  target: number;
  met: boolean;
}

export const atLeast = (text: string, value: number, target: number): Verdict => ({
  text,
  value,
  target,
  met: value >= target,
});

export const atMost = (text: string, value: number, target: number): Verdict => ({
  text,
  value,
  target,
  met: value <= target,
});
