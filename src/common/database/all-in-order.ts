/**
 * Waits for statements that were sent together on one connection. If some fail, throws the error of the first of them:
 * when one statement of a transaction fails, PostgreSQL refuses those behind it with an error of its own (25P02), which
 * says nothing, and which `Promise.all` may see first.
 */
export async function allInOrder<Sent extends readonly unknown[]>(
  sent: readonly [...Sent],
): Promise<{ -readonly [Index in keyof Sent]: Awaited<Sent[Index]> }> {
  const settled = await Promise.allSettled(sent);
  const failed = settled.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return settled.map((result) => (result as PromiseFulfilledResult<unknown>).value) as {
    -readonly [Index in keyof Sent]: Awaited<Sent[Index]>;
  };
}
