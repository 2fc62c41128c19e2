/** A claimed entry that no other process may take until the lease ends. */
export interface Leased {
  /** Only the holder of this token may settle the entry. A later claim has another token. */
  leaseToken: string;
  /** When the lease ends, in milliseconds of `performance.now()`: possibly too early, never too late. */
  leaseEndsAt: number;
}

/**
 * Adds the end of our lease to each claimed row. We count the lease from before the claim, the database counts from
 * later on: so we stop before another process may begin, however long the claim took.
 */
export async function claimUnderLease<Row>(
  leaseSeconds: number,
  claim: () => Promise<Row[]>,
): Promise<(Row & Pick<Leased, 'leaseEndsAt'>)[]> {
  const leaseEndsAt = performance.now() + leaseSeconds * 1_000;
  const rows = await claim();
  return rows.map((row) => ({ ...row, leaseEndsAt }));
}

/** Whether the entry stays ours for that many milliseconds. If not, do not begin work that takes as long. */
export function isLeasedFor({ leaseEndsAt }: Leased, milliseconds: number): boolean {
  return performance.now() + milliseconds <= leaseEndsAt;
}
