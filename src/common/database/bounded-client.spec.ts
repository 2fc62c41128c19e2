import { expect, it } from 'vitest';
import { BoundedClient } from './bounded-client.js';

it('does not end the process when its connection ends while it is idle', () => {
  const client = new BoundedClient();
  expect(() => client.emit('error', new Error('write EPIPE'))).not.toThrow();
});
