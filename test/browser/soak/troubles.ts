import { setTimeout as delay } from 'node:timers/promises';
import { between, type Random } from '../../resilience/load/random.ts';
import type { Line } from '../harness/line.ts';
import type { Device } from './device.ts';
import type { MortalService } from './service.ts';

export interface Surroundings {
  device: Device;
  line: Line;
  service: MortalService;
  random: Random;
  /** Another page of the same site. */
  elsewhere: string;
  /** Seconds of the film. */
  filmSeconds: number;
}

/** Some requests fail in that time, and some come after it. */
const TROUBLE_MS = 800;

async function withFault(line: Line, fault: Line['fault']): Promise<void> {
  line.fault = fault;
  await delay(TROUBLE_MS);
  line.fault = () => undefined;
}

/** What happens to a learner who watches. At a crash, up to a second may be lost. */
export const TROUBLES: Record<
  string,
  { happens(around: Surroundings): Promise<void>; isCrash?: boolean }
> = {
  seek: {
    happens: ({ device, random, filmSeconds }) =>
      device.tab.seek(between(random, 0, filmSeconds - 20)),
  },
  'short seeks': {
    async happens({ device, random, filmSeconds }) {
      for (let count = 0; count < 3; count += 1) {
        await device.tab.seek(between(random, 0, filmSeconds - 20));
        await delay(between(random, 50, 700));
      }
    },
  },
  rate: {
    happens: ({ device, random }) =>
      device.tab.rate([0.5, 1, 1.25, 1.5, 2][Math.floor(random() * 5)]!),
  },
  pause: { happens: ({ device }) => device.tab.pause() },
  reload: { happens: ({ device }) => device.reload() },
  leave: { happens: ({ device, elsewhere }) => device.leaveAndReturn(elsewhere) },
  'another tab': {
    async happens({ device }) {
      await device.tab.pause();
      await device.open();
    },
  },
  close: { happens: ({ device }) => device.closeFront() },
  offline: {
    async happens({ device, line }) {
      await device.setOffline(true);
      await withFault(line, () => 'cut');
      await device.setOffline(false);
    },
  },
  'lost answers': { happens: ({ line }) => withFault(line, () => 'lose') },
  'refused requests': { happens: ({ line }) => withFault(line, () => 503) },
  'closed in trouble': {
    async happens({ device, line }) {
      line.fault = () => 'lose';
      await device.closeFront();
      await delay(TROUBLE_MS);
      line.fault = () => undefined;
    },
  },
  'page crashes': { happens: ({ device }) => device.crashFront(), isCrash: true },
  'browser is killed': { happens: ({ device }) => device.kill(), isCrash: true },
  'service is killed': { happens: ({ service }) => service.kill() },
};
