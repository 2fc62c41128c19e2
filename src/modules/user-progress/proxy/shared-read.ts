interface Waiting<Key, Value> {
  key: Key;
  resolve(value: Value): void;
  reject(error: unknown): void;
}

/** With two statements under way, the database stays busy while the answers of one are read. */
const LANES = 2;
const BATCH_MAXIMUM = 128;

/**
 * Combines the reads of concurrent requests into few statements. A statement begins when the event loop has handled all
 * requests that had arrived: their keys go together. Keys that arrive while statements are under way go into the next
 * one. A statement begins only after all of its keys were asked for, so an answer is never older than its question.
 */
export class SharedRead<Key, Value> {
  private waiting: Waiting<Key, Value>[] = [];
  private lanes = 0;
  private starting = false;

  constructor(
    private readonly read: (keys: Key[]) => Promise<Value[]>,
    /** How many keys a statement may have. */
    private readonly maximum = BATCH_MAXIMUM,
  ) {}

  load(key: Key): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ key, resolve, reject });
      if (this.lanes < LANES) this.startSoon();
    });
  }

  private startSoon(): void {
    if (this.starting) return;
    this.starting = true;
    setImmediate(() => this.start());
  }

  private start(): void {
    this.starting = false;
    while (this.waiting.length > 0 && this.lanes < LANES) {
      void this.run(this.waiting.splice(0, this.maximum));
    }
  }

  private async run(batch: readonly Waiting<Key, Value>[]): Promise<void> {
    this.lanes += 1;
    await this.answer(batch);
    this.lanes -= 1;
    if (this.waiting.length > 0) this.startSoon();
  }

  private async answer(batch: readonly Waiting<Key, Value>[]): Promise<void> {
    try {
      const values = await this.read(batch.map(({ key }) => key));
      batch.forEach((waiting, index) => waiting.resolve(values[index]!));
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    }
  }
}
