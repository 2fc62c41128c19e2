import { pino, type DestinationStream, type Logger } from 'pino';

/** What the line of a request says. What is undefined is left out. */
export interface AnsweredRequest {
  readonly requestId: string;
  readonly userId: string | undefined;
  /** The client's own name for its operation. */
  readonly operationName: string | undefined;
  /** The requested fields of Query or Mutation. */
  readonly fields: readonly string[] | undefined;
  readonly milliseconds: number;
  /** A code of an error, or OK. */
  readonly outcome: string;
}

interface Internals {
  readonly [pino.symbols.streamSym]: DestinationStream;
  readonly [pino.symbols.chindingsSym]: string;
}

/**
 * Writes the text that pino's `info({ requestId, msg: 'request', … })` would write, in half the time. Almost all
 * lines are these, and pino looks for a request's id, serializers and redactions in each. Put no secret into one.
 */
export class RequestLine {
  private readonly stream: DestinationStream;
  /** Members that every line has, such as `pid`, as text. It is empty, or begins with a comma. */
  private readonly bindings: string;

  constructor(private readonly logger: Logger) {
    const internals = logger as unknown as Internals;
    this.stream = internals[pino.symbols.streamSym];
    this.bindings = internals[pino.symbols.chindingsSym];
  }

  write({
    requestId,
    userId,
    operationName,
    fields,
    milliseconds,
    outcome,
  }: AnsweredRequest): void {
    if (!this.logger.isLevelEnabled('info')) return;
    this.stream.write(
      `{"level":"info"${pino.stdTimeFunctions.isoTime()}${this.bindings}` +
        `,"requestId":${JSON.stringify(requestId)},"msg":"request"` +
        member('userId', userId) +
        member('operationName', operationName) +
        member('fields', fields) +
        `,"milliseconds":${milliseconds},"outcome":"${outcome}"}\n`,
    );
  }
}

function member(name: string, value: string | readonly string[] | undefined): string {
  return value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;
}
