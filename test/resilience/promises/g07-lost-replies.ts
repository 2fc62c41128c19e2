import { audit } from '../audit/audit.ts';
import { settleByMending, untilIssued } from '../audit/certificates.ts';
import { Client } from '../load/client.ts';
import { complete, enrol } from '../load/courses.ts';
import { Ledger } from '../load/ledger.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import type { ReliabilityPromise } from '../promise.ts';
import { CERTIFICATE_KINDS, NO_FAULTS } from '../stage/platform.ts';

const COMPLETIONS = 1_000;
const COMPLETIONS_SHORT = 12;
/** Short, so that an attempt whose reply is lost does not take seconds. */
const TIMEOUT_MS = 300;
const ALL_ISSUED_WITHIN_MS = 300_000;

export const lostReplies: ReliabilityPromise = {
  id: 'G7',
  title: 'lost replies are harmless',
  fault:
    '30 % of replies lost, 10 % later than the timeout; the peer does not guard against duplicates, guards, or guards and cannot be asked, in turn',
  times: 51,
  shortTimes: CERTIFICATE_KINDS.length,
  async attempt({ times, short, random, tally, onStage }) {
    const environment = {
      NATS_REQUEST_TIMEOUT_MS: String(TIMEOUT_MS),
      CERTIFICATE_RETRY_MAX_SECONDS: '5',
    };
    await onStage({ environment }, async (stage) => {
      const client = await Client.create();
      const platform = { client, random, ledger: new Ledger(), services: stage.services };
      for (; tally.times < times; tally.times += 1) {
        const kind = CERTIFICATE_KINDS[tally.times % CERTIFICATE_KINDS.length]!;
        await stage.peer.behave({
          ...kind,
          delayMs: TIMEOUT_MS / 4,
          loseReplies: 0.3,
          lateReplies: 0.1,
          lateMs: TIMEOUT_MS * 2,
        });
        const learners = numbered(`G7-${tally.times}`, short ? COMPLETIONS_SHORT : COMPLETIONS);
        await inParallel(learners, 32, async (userId) => {
          await enrol(platform, userId, 1);
          await complete(platform, userId, 1);
        });
        const settled = kind.canBeAsked
          ? await untilIssued(stage, ALL_ISSUED_WITHIN_MS)
          : await settleByMending(stage, tally, ALL_ISSUED_WITHIN_MS);
        tally.recovered(settled ?? Infinity);
      }
      tally.figures.set('certificates', String(stage.peer.issued().size));
      await stage.peer.behave(NO_FAULTS);
      await audit(stage, platform.ledger, tally);
      client.close();
    });
  },
};
