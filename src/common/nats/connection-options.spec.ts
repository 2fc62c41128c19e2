import { describe, expect, it } from 'vitest';
import { connectionOptions } from './connection-options.js';

describe('connectionOptions', () => {
  it('never gives up', () => {
    expect(connectionOptions(['nats://a:4222'])).toMatchObject({
      servers: ['a:4222'],
      maxReconnectAttempts: -1,
      ignoreAuthErrorAbort: true,
    });
  });

  it('takes a user and password out of the address', () => {
    expect(connectionOptions(['nats://me:p%40ss@a:4222', 'b:4223'])).toMatchObject({
      servers: ['a:4222', 'b:4223'],
      user: 'me',
      pass: 'p@ss',
    });
  });

  it('takes a name alone for a token, and tls:// for TLS', () => {
    expect(connectionOptions(['tls://s3cret@a'])).toMatchObject({
      servers: ['a'],
      token: 's3cret',
      tls: {},
    });
    expect(connectionOptions(['a'])).not.toHaveProperty('tls');
  });
});
