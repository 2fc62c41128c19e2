import { isId } from '../id.js';
import { isRecord } from '../is-record.js';
import { readId } from './reply-data.js';

/** The ids in an event that can mean its user. */
export interface Candidates {
  /** Each id once. */
  readonly ids: ReadonlySet<string>;
  /** Whether they stand where only the user's id can: `userId`, or inside `user`. */
  readonly certain: boolean;
  /** A field that means the user has no valid id. */
  readonly unreadable: boolean;
}

/** Names of fields, in lower case and without `_` and `-`. */
const USER_ID_FIELDS = ['userid', 'deleteduserid', 'uid'];
const USER_FIELDS = ['user', 'deleteduser'];
const ID_FIELDS = ['id'];
/** Where events put what they are about. A text there can be the id itself, or JSON. */
const CONTENT_FIELDS = ['data', 'payload', 'body'];
const CONTENT_RECORDS = ['message', 'event', 'detail', 'record', 'object', 'entity', 'before'];
/** An event's type beside an id: the id is the event's. */
const TYPE_FIELDS = ['type', 'event', 'eventtype', 'name', 'topic'];
const TYPE_OF_EVENT = /\buser[._:/ -]|delet/i;
const DEPTH_MAXIMUM = 6;

const NOBODY: Candidates = { ids: new Set(), certain: false, unreadable: false };

/** Looks for the user in a parsed event. */
export function candidatesIn(event: unknown, depth = 0): Candidates {
  if (depth > DEPTH_MAXIMUM) return NOBODY;
  if (typeof event === 'string') return inText(event, depth);
  return isRecord(event) ? inRecord(event, depth) : NOBODY;
}

function inText(text: string, depth: number): Candidates {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{'))
    return isId(trimmed) ? { ...NOBODY, ids: new Set([trimmed]) } : NOBODY;
  try {
    return candidatesIn(JSON.parse(trimmed), depth + 1);
  } catch {
    return NOBODY;
  }
}

function inRecord(record: Record<string, unknown>, depth: number): Candidates {
  const named = namedIn(record);
  const content = contentsOf(record, named, depth);
  const found = union(named, content);
  if (found.certain || isEnvelope(record, content)) return found;
  const { ids } = idsAt(record, ID_FIELDS);
  return union(found, { ...NOBODY, ids });
}

/** What the fields say that mean the user. */
function namedIn(record: Record<string, unknown>): Candidates {
  const direct = idsAt(record, USER_ID_FIELDS);
  const users = fieldsOf(record, USER_FIELDS).map((user) =>
    isRecord(user) ? inUser(user) : idsOf([user]),
  );
  const all = users.reduce(union, direct);
  return { ...all, certain: all.ids.size > 0 };
}

/** A user's record: `id` is the user's here. A record without an id says nothing. */
function inUser(user: Record<string, unknown>): Candidates {
  return union(idsAt(user, USER_ID_FIELDS), idsAt(user, ID_FIELDS));
}

function contentsOf(record: Record<string, unknown>, named: Candidates, depth: number): Candidates {
  const contents = [
    ...fieldsOf(record, CONTENT_FIELDS),
    ...fieldsOf(record, CONTENT_RECORDS).filter(isRecord),
  ];
  const found = contents.map((content) => candidatesIn(content, depth + 1));
  const certain = found.filter((one) => one.certain);
  return (certain.length > 0 && !named.certain ? certain : found).reduce(union, NOBODY);
}

/** NestJS's envelope, a CloudEvent, and events of a similar form: `id` can be the message's own. */
function isEnvelope(record: Record<string, unknown>, content: Candidates): boolean {
  if ('pattern' in record || 'specversion' in record) return true;
  if (fieldsOf(record, CONTENT_FIELDS).length === 0) return false;
  const types = fieldsOf(record, TYPE_FIELDS);
  const isTyped = types.some((type) => typeof type === 'string' && TYPE_OF_EVENT.test(type));
  return isTyped || content.ids.size === 0;
}

const idsAt = (record: Record<string, unknown>, names: readonly string[]): Candidates =>
  idsOf(fieldsOf(record, names));

function idsOf(values: readonly unknown[]): Candidates {
  const ids = values.map((value) => readId(typeof value === 'string' ? value.trim() : value));
  const valid = ids.filter((id) => id !== null);
  return { ids: new Set(valid), certain: false, unreadable: valid.length < ids.length };
}

/** The values of the fields with one of these names, in any spelling: `userId`, `user_id`, `UserID`. */
function fieldsOf(record: Record<string, unknown>, names: readonly string[]): unknown[] {
  return Object.entries(record)
    .filter(([name]) => names.includes(name.replaceAll(/[_-]/g, '').toLowerCase()))
    .map(([, value]) => value)
    .filter((value) => value !== null && value !== undefined);
}

const union = (one: Candidates, other: Candidates): Candidates => ({
  ids: one.ids.size === 0 ? other.ids : new Set([...one.ids, ...other.ids]),
  certain: one.certain || other.certain,
  unreadable: one.unreadable || other.unreadable,
});
