// The client, a process of its own. It receives what to send, and returns what it measured.
import { activeLearners, ANY_OTHER_RECORD, FIRST_RECORD, usersOf } from '../data-set/shape.ts';
import { DIALECTS } from '../dialects/index.ts';
import { measure, type Measurement } from './measure.ts';
import { mixOf } from './mix.ts';
import { Population } from './population.ts';

export type ToClient =
  | {
      type: 'meet';
      contender: string;
      dialect: string;
      ports: number[];
      rows: number;
      secret: string;
    }
  | {
      type: 'measure';
      contender: string;
      scenario: string;
      connections: number;
      seconds: number;
      warmUp: number;
      rate?: number;
      requests?: number;
    }
  | { type: 'added'; contender: string };

export type FromClient =
  | { type: 'met' }
  | { type: 'measured'; measurement: Measurement }
  | { type: 'added'; seconds: number };

interface Target {
  ports: number[];
  dialect: string;
  /** Learners who watch at the same time. */
  active: Population;
  everybody: Population;
}

const targets = new Map<string, Target>();

process.on('message', (message: ToClient) => {
  answer(message).then(
    (reply) => process.send!(reply satisfies FromClient),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
// The parent process has ended.
process.on('disconnect', () => process.exit());

async function answer(message: ToClient): Promise<FromClient> {
  if (message.type === 'meet') {
    const { contender, dialect, ports, rows, secret } = message;
    const active = new Population(activeLearners(rows), FIRST_RECORD, secret);
    const everybody = new Population({ count: usersOf(rows), stride: 1 }, ANY_OTHER_RECORD, secret);
    targets.set(contender, { ports, dialect, active, everybody });
    return { type: 'met' };
  }
  const { ports, dialect, active, everybody } = targets.get(message.contender)!;
  if (message.type === 'added') {
    return { type: 'added', seconds: active.added + everybody.added };
  }
  const population = message.scenario === 'beatOfAnyone' ? everybody : active;
  const measurement = await measure(
    { ports, population, dialect: DIALECTS[dialect]! },
    { ...message, next: mixOf(message.scenario) },
  );
  return { type: 'measured', measurement };
}
