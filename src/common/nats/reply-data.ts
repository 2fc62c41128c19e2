/** The id of a record, which peers keep under `_id` or `id`. */
export function idOf(record: Record<string, unknown>): string | null {
  const id = record['_id'] ?? record['id'];
  return typeof id === 'string' && ID_FORM.test(id) ? id : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ID_FORM = /^[A-Za-z0-9_-]{1,26}$/;
