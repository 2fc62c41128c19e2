/** Joins two ids into one key of a Map. Ids have no spaces, so two pairs never share a key. */
export const pairName = (left: string, right: string): string => `${left} ${right}`;
