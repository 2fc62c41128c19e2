/** Reads many keys with few statements. */
interface Reader<Key, Value> {
  load(key: Key): Promise<Value>;
}

/**
 * Remembers what one request read: a key that it asks for again is not read again, and has the same answer. A failed
 * read is not remembered.
 */
export class RequestRead<Key, Value> {
  private readonly answers = new Map<string, Promise<Value>>();

  constructor(
    private readonly reader: Reader<Key, Value>,
    private readonly nameOf: (key: Key) => string,
  ) {}

  load(key: Key): Promise<Value> {
    return this.answers.get(this.nameOf(key)) ?? this.reload(key);
  }

  /** Forgets the key and reads it again, since it may have changed. */
  reload(key: Key): Promise<Value> {
    const name = this.nameOf(key);
    const answer = this.reader.load(key);
    this.answers.set(name, answer);
    answer.catch(() => this.answers.delete(name));
    return answer;
  }
}
