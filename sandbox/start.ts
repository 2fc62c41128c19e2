import { configureSandbox, type Sandbox } from './configure.ts';
import { storeInBackground } from './history/background.ts';
import { portOf } from './port.ts';
import { isPortFree } from './servers/free-port.ts';
import { createService } from './service.ts';
import { addressOf, welcome } from './welcome.ts';
import { watchSources } from './watch.ts';

/**
 * Starts what is not configured, then the service, then prints how to use it.
 * @returns how to stop everything, in order: the service, the peers, NATS, PostgreSQL.
 */
export async function start({ watch }: { watch: boolean }): Promise<() => void> {
  const started: { stop(): Promise<void> }[] = [];
  let stopping = false;
  const stop = async (exitCode: number) => {
    if (stopping) return;
    stopping = true;
    for (const part of started.reverse()) await part.stop();
    process.exit(exitCode);
  };
  const stopInOrder = () => void stop(0);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopInOrder);

  try {
    const port = portOf(process.env);
    if (!(await isPortFree(port))) {
      throw new Error(`Port ${port} is taken. Stop what uses it, or set PORT_USER_PROGRESS.`);
    }
    const sandbox: Sandbox = await configureSandbox({ watch, started });
    console.log('Starting the service …');
    const service = createService(sandbox.environment, port);
    started.push(service);
    const exitCode = service.start();
    if (!watch) void exitCode.then(stop);
    const ready = await service.ready();
    if (ready) console.log(await welcome(port, sandbox));
    if (ready && sandbox.history) started.push(storeInBackground(sandbox.history, addressOf(port)));
    if (watch) started.push(watchSources(service));
  } catch (error) {
    if (!stopping) console.error(error instanceof Error ? error.message : error);
    await stop(1);
  }
  return stopInOrder;
}
