import { count, percent } from '../format/numbers.ts';

/** Of fewer the service tells no percentages either. */
const LEARNERS_MINIMUM = 20;

export const mayTellShare = (of: number): boolean => of >= LEARNERS_MINIMUM;

/** Some of all learners: the share, and how many they are; of few learners only how many. */
export function Share({ part, of }: { part: number; of: number }) {
  if (!mayTellShare(of)) return <>{count(part)}</>;
  return (
    <>
      {percent((part / of) * 100)} <span class="part">({count(part)})</span>
    </>
  );
}
