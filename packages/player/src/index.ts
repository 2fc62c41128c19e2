export { attach, type Handle } from './attach.js';
export type { Beat } from './beat.js';
export type { Answer, Dropped, Events, Progress } from './events.js';
export type { Medium } from './medium.js';
export type { AttachOptions } from './options.js';
