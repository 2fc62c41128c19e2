import { Counter } from 'prom-client';
import { serviceErrorView } from '../../common/errors/error-view.js';
import { ServiceUnavailableError } from '../../common/errors/service-error.js';
import type { Messages } from '../../common/i18n/messages.js';
import { registry } from '../../common/metrics/registry.js';

/** How long a refused client should wait: long enough for a burst to pass. */
const RETRY_AFTER_SECONDS = 1;
const RENEWED_EVERY_MS = 1_000;

const shedRequests = new Counter({
  name: 'progress_http_requests_shed_total',
  help: 'Requests to the API that were refused because too many were being worked on',
  registers: [registry],
});

export interface Refusal {
  headers: Record<string, string | number>;
  body: string;
  /** Headers and body together, as bytes to send. */
  message: Buffer;
}

/** The prepared answer to refused requests. Its timestamp is at most one second old. */
export class OverloadRefusals {
  private readonly byLanguage = new Map<string, Refusal>();
  private readonly renewal = setInterval(() => this.byLanguage.clear(), RENEWED_EVERY_MS).unref();

  constructor(private readonly messages: Messages) {}

  in(language: string): Refusal {
    shedRequests.inc();
    return this.byLanguage.get(language) ?? this.prepare(language);
  }

  stop(): void {
    clearInterval(this.renewal);
  }

  private prepare(language: string): Refusal {
    const error = new ServiceUnavailableError('overloaded', {
      details: { retryAfterSeconds: RETRY_AFTER_SECONDS },
    });
    const body = JSON.stringify({ errors: [serviceErrorView(error, this.messages, language)] });
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'retry-after': RETRY_AFTER_SECONDS,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const message = Buffer.from(
      `HTTP/1.1 503 Service Unavailable\r\n${lines.join('')}connection: keep-alive\r\n\r\n${body}`,
    );
    const refusal = { headers, body, message };
    this.byLanguage.set(language, refusal);
    return refusal;
  }
}
