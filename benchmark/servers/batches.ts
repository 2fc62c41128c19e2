/** What processes of the service have committed since they started. */
export interface Committed {
  changes: number;
  batches: number;
}

/** Reads it from the metrics of each process, and adds it up. Null for a server that is not this service. */
export async function committed(ports: readonly number[]): Promise<Committed | null> {
  const all = await Promise.all(ports.map(committedBy));
  return all.includes(null)
    ? null
    : (all as Committed[]).reduce((sum, one) => ({
        changes: sum.changes + one.changes,
        batches: sum.batches + one.batches,
      }));
}

async function committedBy(port: number): Promise<Committed | null> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const text = await response.text();
  const value = (name: string): number =>
    Number(new RegExp(`^progress_write_batch_changes_${name} (\\d+)$`, 'm').exec(text)?.[1]);
  const [changes, batches] = [value('sum'), value('count')];
  return Number.isNaN(changes) ? null : { changes, batches };
}
