import { audit } from './audit.js';
import { run } from './command.js';

await run(() => audit({ repair: true }));
