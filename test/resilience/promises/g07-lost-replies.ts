import { audit } from '../audit/audit.ts';
import { untilIssued } from '../audit/certificates.ts';
import { Client } from '../load/client.ts';
import { complete, enrol } from '../load/courses.ts';
import { Ledger } from '../load/ledger.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import type { ReliabilityPromise } from '../promise.ts';
import { NO_FAULTS } from '../stage/platform.ts';

const COMPLETIONS = 1_000;
const COMPLETIONS_SHORT = 60;
/** Short, so that an attempt whose reply is lost does not take seconds. */
const TIMEOUT_MS = 300;
const ALL_ISSUED_WITHIN_MS = 300_000;

export const lostReplies: ReliabilityPromise = {
  id: 'G7',
  title: 'lost replies are harmless',
  fault:
    '30 % of replies lost, 10 % later than the timeout; the peer guards against duplicates, or not, in turn',
  times: 50,
  shortTimes: 1,
  async attempt({ times, short, random, tally, onStage }) {
    const environment = { NATS_REQUEST_TIMEOUT_MS: String(TIMEOUT_MS) };
    await onStage({ environment }, async (stage) => {
      const client = await Client.create();
      const platform = { client, random, ledger: new Ledger(), services: stage.services };
      for (; tally.times < times; tally.times += 1) {
        await stage.peer.behave({
          guardsDuplicates: tally.times % 2 === 1,
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
        tally.recovered((await untilIssued(stage, ALL_ISSUED_WITHIN_MS)) ?? Infinity);
      }
      tally.figures.set('certificates', String(stage.peer.issued().size));
      await stage.peer.behave(NO_FAULTS);
      await audit(stage, platform.ledger, tally);
      client.close();
    });
  },
};
