import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { NEST_VERSIONS } from '../platform/install.ts';
import { study } from '../support/learning.ts';
import { startNatsServer } from '../support/nats.ts';
import { startPlatformApp } from '../support/platform-app.ts';
import { waitFor } from '../support/wait-for.ts';

const DATABASE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

it.each(
  NEST_VERSIONS.flatMap((nest) => [
    { nest, stream: false },
    { nest, stream: true },
  ]),
)(
  "a listener of NestJS $nest for 'progress.>' gets each event with its id and time; a stream: $stream",
  async ({ nest, stream }) => {
    const nats = await startNatsServer({ jetStream: stream });
    if (stream) {
      const connection = await connect({ servers: nats.url });
      const manager = await jetstreamManager(connection);
      await manager.streams.add({ name: 'PROGRESS', subjects: ['progress.>'] });
      await connection.close();
    }
    const { catalogue, learnerIds, course, lessonIds } = platform({ lessons: 1, learners: 1 });
    const environment = { OUTBOX_POLL_MS: '50' };
    const app = await startPlatformApp({ nest, nats, catalogue, mended: 'all', environment });
    const key = { userId: learnerIds[0]!, courseId: course._id };

    await study(await app.as(key.userId), key, lessonIds);
    const heard = await waitFor(
      async () => {
        const events = await app.platform.heard();
        return events.length >= 3 && events;
      },
      { message: 'the three events are heard' },
    );
    for (const { subject, data, headers } of heard) {
      const { id, time, ...ids } = data as Record<string, string>;
      expect(ids).toMatchObject(key);
      expect(time).toMatch(DATABASE_TIME);
      expect(headers).toMatchObject({
        'ce-id': id,
        'ce-time': time,
        'ce-type': subject,
        'ce-source': '/user-progress',
        'ce-specversion': '1.0',
        'ce-subject': key.userId,
      });
    }
    expect(new Set(heard.map(({ data }) => (data as { id: string }).id)).size).toBe(heard.length);
    await app.close();
    await nats.stop();
  },
);
