import { count, percent } from '../format/numbers.ts';

/** Some of all: the share, and how many they are. */
export function Share({ part, of }: { part: number; of: number }) {
  return (
    <>
      {percent((part / of) * 100)} <span class="part">({count(part)})</span>
    </>
  );
}
