// The three services in one process: NATS_URL, JWT_SECRET; PLATFORM_MENDED ('all', or rows: '2,3') is how it begins.
import 'reflect-metadata';
import { SERVICES, type Row } from './contract.js';
import { listen } from './control/control-server.js';
import { Control } from './control/control.js';
import { Services } from './services.js';
import { World } from './world.js';

const world = new World();
const mended = process.env['PLATFORM_MENDED'] ?? '';
world.mend(mended === 'all' ? 'all' : (mended.split(',').filter(Boolean).map(Number) as Row[]));

const services = new Services(world);
await Promise.all(SERVICES.map((name) => services.start(name)));
console.log(
  `The platform is ready, controlled on port ${await listen(new Control(world, services))}`,
);
