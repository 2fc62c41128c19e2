import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SANDBOX } from '../../sandbox/catalogue.ts';
import { startNatsServer, type NatsServer } from '../support/nats.ts';
import { waitFor } from '../support/wait-for.ts';
import { NEST_VERSIONS } from './install.ts';
import { openWire, type RawWire } from './raw-wire.ts';
import { startPlatform, type Platform } from './start-platform.ts';

const USER = { id: SANDBOX.learners[0]!.id };
const COURSE = { id: SANDBOX.shortCourse._id };
const CERTIFICATE = { createCertificateInput: { userId: USER.id, courseId: COURSE.id } };

describe.each(NEST_VERSIONS)('the platform on NestJS %i', (nest) => {
  let nats: NatsServer;
  let wire: RawWire;
  let platform: Platform;

  beforeEach(async () => {
    nats = await startNatsServer();
    wire = await openWire(nats.url);
    platform = await startPlatform({ natsUrl: nats.url, nest, mended: [4, 5] });
  });
  afterEach(async () => {
    await platform.close();
    await wire.close();
    await nats.stop();
  });

  it('begins with the rows mended that it is started with', async () => {
    await expect(wire.ask('user.get.by.id', { id: 'nobody' })).resolves.toContain('404');
    await expect(wire.ask('course.get.by.id', COURSE)).resolves.toContain('Internal server error');
  });

  it('stops one service, and brings it back with what it stored', async () => {
    await wire.ask('certificate.createCertificate', CERTIFICATE);
    await platform.stopService('certificates');
    const again = () => wire.ask('certificate.createCertificate', CERTIFICATE);
    await expect(again()).rejects.toThrow('no responders');
    await expect(wire.ask('user.get.by.id', USER)).resolves.toContain('"success":true');
    await platform.startService('certificates');
    await expect(again()).resolves.toContain('409');
  });

  it('is controlled while NATS is away, and answers when it is back', async () => {
    await nats.stop();
    await platform.mend([3]);
    await nats.restart();
    const issueOrRepeat = async () => {
      const reply = await wire.ask('certificate.createCertificate', CERTIFICATE, 500);
      return reply.includes('"success":true') || reply.includes('409');
    };
    await waitFor(issueOrRepeat, { message: 'all three services are connected again' });
    await expect(platform.certificates()).resolves.toHaveLength(1);
  });
});
