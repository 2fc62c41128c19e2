/** One name for two ids, as the key of a Map. Ids have no spaces, so that two pairs never share a name. */
export const pairName = (left: string, right: string): string => `${left} ${right}`;
