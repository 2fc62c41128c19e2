// The client, a process of its own. It receives what to send, and returns what it measured.
import { DIALECTS } from '../dialects/index.ts';
import { measure, type Measurement } from './measure.ts';
import { mixOf } from './mix.ts';
import { Population } from './population.ts';

export type ToClient =
  | { type: 'meet'; contender: string; dialect: string; port: number; rows: number; secret: string }
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

const targets = new Map<string, { port: number; dialect: string; population: Population }>();

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
    const { contender, dialect, port, rows, secret } = message;
    targets.set(contender, { port, dialect, population: new Population(rows, secret) });
    return { type: 'met' };
  }
  const { port, dialect, population } = targets.get(message.contender)!;
  if (message.type === 'added') return { type: 'added', seconds: population.added };
  const measurement = await measure(
    { port, population, dialect: DIALECTS[dialect]! },
    { ...message, next: mixOf(message.scenario) },
  );
  return { type: 'measured', measurement };
}
