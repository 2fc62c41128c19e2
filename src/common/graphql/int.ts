/** The largest value of GraphQL's `Int` and of PostgreSQL's `integer`: 2³¹−1. */
export const INT_MAXIMUM = 2 ** 31 - 1;

/** The smallest: −2³¹. */
export const INT_MINIMUM = -(2 ** 31);
