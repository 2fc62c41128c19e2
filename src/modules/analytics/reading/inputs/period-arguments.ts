import type { ArgsOptions } from '@nestjs/graphql';
import { DateScalar } from '../../../../common/graphql/date.scalar.js';

/** The argument `from` of a query about a period. */
export const PERIOD_BEGIN: ArgsOptions = {
  type: () => DateScalar,
  nullable: true,
  description:
    'First day of the period. Left out, the period has 30 days. It may have 366 at most.',
};

/** The argument `to`. */
export const PERIOD_END: ArgsOptions = {
  type: () => DateScalar,
  nullable: true,
  description: 'Last day of the period; today if it is left out or lies ahead.',
};
