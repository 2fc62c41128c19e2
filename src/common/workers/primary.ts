import cluster from 'node:cluster';
import { Channel } from './channel.js';

/** A worker's way to the primary; null in a process without one. */
export const primary = cluster.isWorker ? new Channel(process) : null;
