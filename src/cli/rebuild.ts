import { audit } from './audit.js';

process.exitCode = await audit({ repair: true });
