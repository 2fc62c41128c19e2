import { connect, type Socket } from 'node:net';

export type OnAnswer = (status: number, body: string) => void;

const HEADER_END = Buffer.from('\r\n\r\n');

/**
 * One keep-alive HTTP/1.1 connection, one request at a time. It is minimal, so that the client's cost does not limit
 * the measurement: a general HTTP client costs as much per request as a fast server does.
 */
export class Connection {
  private received: Buffer = Buffer.alloc(0);
  private onAnswer: OnAnswer | null = null;
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', (error) => this.lost(error.message));
    socket.on('close', () => this.lost('the connection was closed'));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  /** Calls back with the answer; with status 0 when there is none. */
  send(request: string, onAnswer: OnAnswer): void {
    this.onAnswer = onAnswer;
    this.socket.write(request);
  }

  close(): void {
    this.onAnswer = null;
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const headerEnd = this.received.indexOf(HEADER_END);
    if (headerEnd === -1) return;
    const header = this.received.toString('latin1', 0, headerEnd);
    const bodyStart = headerEnd + HEADER_END.length;
    const length = /\r\ncontent-length: *(\d+)/i.exec(header);
    if (!length) return this.lost(`an answer without content-length:\n${header}`);
    const bodyEnd = bodyStart + Number(length[1]);
    if (this.received.length < bodyEnd) return;
    const body = this.received.toString('utf8', bodyStart, bodyEnd);
    this.received = Buffer.alloc(0);
    this.answer(Number(header.slice(9, 12)), body);
  }

  private lost(reason: string): void {
    this.answer(0, reason);
  }

  private answer(status: number, body: string): void {
    const { onAnswer } = this;
    this.onAnswer = null;
    onAnswer?.(status, body);
  }
}

/** A POST of JSON, ready to be written to a socket. `headers` end in CRLF each. */
export function postRequest(path: string, headers: string, body: string): string {
  return (
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\naccept: application/json\r\n` +
    `${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}
