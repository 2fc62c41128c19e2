const NAME = 'progress-player';
const STORE = 'beats';
const OPEN_TIMEOUT_MS = 3_000;

type Work<Result> = (store: IDBObjectStore) => IDBRequest<Result> | void;

/** The store of beats in IndexedDB. Without one, or when it does not open in three seconds, every call rejects. */
export class Database {
  private handle: IDBDatabase | undefined;
  private opening: Promise<IDBDatabase> | undefined;

  /**
   * Runs a transaction, once more if the handle was dead. While a handle is open it begins before this returns: a page
   * that is being left starts nothing later.
   */
  async run<Result>(mode: IDBTransactionMode, work: Work<Result>): Promise<Result> {
    try {
      return await transact(this.handle ?? (await this.open()), mode, work);
    } catch (error) {
      if (!this.handle) throw error;
      this.close();
      return transact(await this.open(), mode, work);
    }
  }

  close(): void {
    this.handle?.close();
    this.handle = this.opening = undefined;
  }

  private open(): Promise<IDBDatabase> {
    return (this.opening ??= openStore().then((handle) => {
      // Without this, nobody could delete the database while a page is open.
      handle.onversionchange = handle.onclose = () => this.close();
      return (this.handle = handle);
    }));
  }
}

/** A failed attempt is remembered as such: each beat would wait three seconds again. */
const openStore = () =>
  new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    const timer = setTimeout(() => reject(new Error('IndexedDB does not open')), OPEN_TIMEOUT_MS);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { keyPath: ['session', 'seq'] });
      store.createIndex('userId', 'userId');
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error!);
  });

const transact = <Result>(handle: IDBDatabase, mode: IDBTransactionMode, work: Work<Result>) =>
  new Promise<Result>((resolve, reject) => {
    // Relaxed: survives the crash of a browser, and takes a tenth of the time.
    const transaction = handle.transaction(STORE, mode, { durability: 'relaxed' });
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request?.result as Result);
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
