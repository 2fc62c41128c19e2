/** A claimed entry that nobody else may take until its lease ends. */
export interface Leased {
  /** Only who holds it may settle the entry: whoever claimed it since has another one. */
  leaseToken: string;
  /** Milliseconds of `performance.now()`, rather too early than too late. */
  leaseEndsAt: number;
}

/**
 * Adds to each claimed row until when it is ours. The lease is measured from before the claim: the database begins to
 * count later, so we stop before another process may begin, however long the claim took.
 */
export async function claimUnderLease<Row>(
  leaseSeconds: number,
  claim: () => Promise<Row[]>,
): Promise<(Row & Pick<Leased, 'leaseEndsAt'>)[]> {
  const leaseEndsAt = performance.now() + leaseSeconds * 1_000;
  const rows = await claim();
  return rows.map((row) => ({ ...row, leaseEndsAt }));
}

/** Whether the entry stays ours for so long: something that takes longer must not be begun. */
export function isLeasedFor({ leaseEndsAt }: Leased, milliseconds: number): boolean {
  return performance.now() + milliseconds <= leaseEndsAt;
}
