const DEFAULT_PORT = 3009;

/** Where the service will listen, which reads the same variables (`src/config/environment.ts`). */
export function portOf({ PORT_USER_PROGRESS, PORT }: NodeJS.ProcessEnv): number {
  return Number(PORT_USER_PROGRESS || PORT || DEFAULT_PORT);
}
