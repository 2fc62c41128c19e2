import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { isRecord } from '../is-record.js';
import { withTimeout } from '../with-timeout.js';

const NO_RESPONDERS = 503;

/**
 * Publishes a message that a stream stores. Whoever else listens to the subject may answer it, too: NestJS answers each
 * message that has an `id`, often before the stream does. Only the stream's answer counts.
 * @throws Error when no stream has stored the message within `timeoutMs`.
 */
export async function publishToStream(
  connection: NatsConnection,
  subject: string,
  payload: string,
  { headers, timeoutMs }: { headers: MsgHdrs; timeoutMs: number },
): Promise<void> {
  const reply = createInbox();
  const { promise, resolve, reject } = withResolvers();
  const answers = connection.subscribe(reply, {
    callback: (error, answer) => {
      const outcome = error ?? outcomeOf(answer);
      if (outcome === 'stored') resolve();
      else if (outcome !== null) reject(outcome);
    },
  });
  try {
    connection.publish(subject, payload, { reply, headers });
    await withTimeout(timeoutMs, promise);
  } finally {
    answers.unsubscribe();
  }
}

/** Null: somebody else's answer. */
function outcomeOf(answer: Msg): 'stored' | Error | null {
  if (answer.data.length === 0) {
    return answer.headers?.code === NO_RESPONDERS ? new Error('there is no stream') : null;
  }
  const told = parsed(answer);
  if (!isRecord(told)) return null;
  const { stream, seq, error } = told;
  if (isRecord(error) && typeof error['err_code'] === 'number') {
    return new Error(`the stream refused the message: ${error['err_code']}`);
  }
  return typeof stream === 'string' && stream !== '' && typeof seq === 'number' ? 'stored' : null;
}

function parsed(answer: Msg): unknown {
  try {
    return answer.json();
  } catch {
    return null;
  }
}

function withResolvers() {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
