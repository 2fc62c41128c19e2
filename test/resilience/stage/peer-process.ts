// The platform's other services as a separate process: it is killed, and its log shows what it did.
import { startPeers } from '../../../sandbox/peers/index.ts';
import { createRandom } from '../load/random.ts';
import { COURSES, NO_FAULTS, POISONED, type PeerFaults } from './platform.ts';

const [natsUrl, dataDir, seed] = process.argv.slice(2) as [string, string, string];
const random = createRandom(seed);
const peers = await startPeers({
  natsUrl,
  dataDir,
  catalogue: { users: [], courses: [...COURSES] },
});
let faults: PeerFaults = NO_FAULTS;

// Every user exists.
peers.users.users.get = (id) => ({ id, email: '', role: 'user', firstName: '', lastName: '' });
const { certificates } = peers;
certificates.random = random;
certificates.refuse = (userId) => (userId.startsWith(POISONED) ? 'not entitled' : null);
Object.defineProperties(certificates, {
  delayMs: { get: () => random() * faults.delayMs },
  replyDelayMs: { get: () => (random() < faults.lateReplies ? faults.lateMs : 0) },
});

process.on('message', (wanted: PeerFaults) => {
  faults = wanted;
  const { guardsDuplicates, canBeAsked, loseReplies } = wanted;
  Object.assign(certificates, { guardsDuplicates, canBeAsked, loseReplies });
  process.send?.('done');
});
// The test harness has ended.
process.on('disconnect', () => process.exit());
process.send?.('ready');
