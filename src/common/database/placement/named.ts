/**
 * A condition that names the learners of the rows `alias`, beside the join that finds each of them: `userIds` is the
 * parameter with `Placement.name(…)`. A distributed database then looks in their place only. It is null where everyone
 * has one place: the condition then holds for each row, and no learner is looked up in a list.
 */
export const named = (alias: string, userIds: string): string =>
  `(${userIds}::varchar[] IS NULL OR ${alias}.user_id = ANY (${userIds}::varchar[]))`;
