import { z } from 'zod';
import type { LimitName } from './rate-limits.js';

const KEY_LENGTH_MAXIMUM = 64;
const BYTES_MAXIMUM = 1_048_576;

/** What one process sends to the others: how much it counted since its last message, by limit and key. */
export interface PeerCounts {
  /** The sender: a process also receives its own messages. */
  from: string;
  counts: Partial<Record<LimitName, [key: string, amount: number][]>>;
}

const shape = z.object({
  from: z.string(),
  counts: z.record(
    z.string(),
    z.array(z.tuple([z.string().max(KEY_LENGTH_MAXIMUM), z.number().int().nonnegative()])),
  ),
});

/** Null when the message has another form. */
export function readPeerCounts(data: Uint8Array, keysMaximum: number): PeerCounts | null {
  if (data.length > BYTES_MAXIMUM) return null;
  const read = shape.safeParse(parsed(data));
  if (!read.success) return null;
  const isTooMuch = Object.values(read.data.counts).some((counts) => counts.length > keysMaximum);
  return isTooMuch ? null : read.data;
}

function parsed(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return undefined;
  }
}
