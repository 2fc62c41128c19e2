import { randomBytes } from 'node:crypto';

/** A new id of the form that users have (ULID-like). */
export const userId = (): string => `01${randomBytes(12).toString('hex').toUpperCase()}`;

/** A new id of the form that courses and lessons have (ObjectId). */
export const objectId = (): string => randomBytes(12).toString('hex');
