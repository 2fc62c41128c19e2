import type { AttachOptions, Handle } from 'progress-player';

/** The lesson of the sandbox. Yours has its own ids, and asks your application for the token. */
export const lesson: AttachOptions = {
  endpoint: '/userProgress/graphql',
  userId: '01JDC8Q4W3GZ8P6C0N4RBEYS7T',
  courseId: '6740a1f0c3d2e4b5a6978804',
  lessonId: 'b0a1f0c3d2e4b5a697880402',
  getToken: () => location.hash.slice(1),
};

/** Writes into the page how much was seen. */
export function show(player: Handle): void {
  const output = document.querySelector('output')!;
  player.on('progress', ({ unique_seconds: seconds }) => {
    output.textContent = `${seconds} s seen`;
  });
}
