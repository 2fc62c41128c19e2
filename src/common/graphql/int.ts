/** The largest value of GraphQL's `Int` and of PostgreSQL's `integer`: 2³¹−1. */
export const INT_MAXIMUM = 2 ** 31 - 1;
