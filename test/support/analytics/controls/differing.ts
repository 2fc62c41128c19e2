import { isDeepStrictEqual } from 'node:util';

/**
 * The figures in which two answers differ, by their paths without places in lists: `lessons.started`. Lists of
 * different lengths differ as a whole.
 */
export function differing(path: string, told: unknown, counted: unknown): string[] {
  if (isDeepStrictEqual(told, counted)) return [];
  if (Array.isArray(told) && Array.isArray(counted) && told.length === counted.length) {
    return told.flatMap((one, index) => differing(path, one, counted[index]));
  }
  if (isRecord(told) && isRecord(counted)) {
    const names = [...new Set([...Object.keys(told), ...Object.keys(counted)])];
    return names.flatMap((name) => differing(`${path}.${name}`, told[name], counted[name]));
  }
  return [path];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
