import { Logger } from '@nestjs/common';
import {
  BrokenCircuitError,
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
  private openedAt = 0;

  constructor(
    peer: Peer,
    private readonly options: { failures: number; resetMs: number },
  ) {
    this.circuit = circuitBreaker(handleType(PeerUnavailableError), {
      breaker: new ConsecutiveBreaker(options.failures),
      halfOpenAfter: options.resetMs,
    });
    peerBreakerState.set({ peer }, GAUGE[this.circuit.state]);
    this.circuit.onStateChange((state) => {
      if (state === CircuitState.Open) this.openedAt = Date.now();
      peerBreakerState.set({ peer }, GAUGE[state]);
      this.logger.warn({ msg: 'circuit breaker changed', peer, state: CircuitState[state] });
    });
  }

  /** Whether a request would be sent now, instead of refused at once. */
  admits(): boolean {
    if (this.circuit.state === CircuitState.Closed) return true;
    const rested = Date.now() - this.openedAt >= this.options.resetMs;
    return this.circuit.state === CircuitState.Open && rested;
  }

  /** @throws PeerUnavailableError at once while the circuit is open, or while another call is the trial. */
  async run<T>(subject: string, call: () => Promise<T>): Promise<T> {
    // The policy would make further calls wait for the trial's outcome, up to its timeout.
    if (this.circuit.state === CircuitState.HalfOpen) {
      throw new PeerUnavailableError('circuit_open', subject);
    }
    try {
      return await this.circuit.execute(call);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new PeerUnavailableError('circuit_open', subject, { cause: error });
    }
  }
}
