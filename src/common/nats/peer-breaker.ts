import { Logger } from '@nestjs/common';
import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleType,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { peerBreakerState } from './nats.metrics.js';
import { PeerUnavailableError } from './peer-unavailable.error.js';
import type { Peer } from './subjects.js';

const GAUGE: Record<CircuitState, number> = {
  [CircuitState.Closed]: 0,
  [CircuitState.HalfOpen]: 1,
  [CircuitState.Open]: 2,
  [CircuitState.Isolated]: 2,
};

/**
 * Stops asking a peer after several failures in a row. After a while it lets one request through as a trial. A refusal
 * is an answer, not a failure.
 */
export class PeerBreaker {
  private readonly logger = new Logger(PeerBreaker.name);
  private readonly circuit: CircuitBreakerPolicy;
  /** In milliseconds of `performance.now()`. */
  private openedAt = -Infinity;

  constructor(
    peer: Peer,
    private readonly options: { failures: number; resetMs: number },
  ) {
    this.circuit = circuitBreaker(handleType(PeerUnavailableError), {
      breaker: new ConsecutiveBreaker(options.failures),
      // The policy would time the rest by the wall clock: if that is set back by an hour, nobody could ask the peer for
      // an hour. `admits` times it instead.
      halfOpenAfter: -Infinity,
    });
    peerBreakerState.set({ peer }, GAUGE[this.circuit.state]);
    this.circuit.onStateChange((state) => {
      if (state === CircuitState.Open) this.openedAt = performance.now();
      peerBreakerState.set({ peer }, GAUGE[state]);
      this.logger.warn({ msg: 'circuit breaker changed', peer, state: CircuitState[state] });
    });
  }

  /** Whether a request would be sent now, instead of refused at once. */
  admits(): boolean {
    if (this.circuit.state === CircuitState.Closed) return true;
    const rested = performance.now() - this.openedAt >= this.options.resetMs;
    return this.circuit.state === CircuitState.Open && rested;
  }

  /** @throws PeerUnavailableError at once while the circuit is open, or while another call is the trial. */
  async run<T>(subject: string, call: () => Promise<T>): Promise<T> {
    // During a trial, the policy would make further calls wait for its outcome, up to its timeout.
    if (!this.admits()) throw new PeerUnavailableError('circuit_open', subject);
    return this.circuit.execute(call);
  }
}
