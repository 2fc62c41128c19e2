const NAME = 'progress-player';
const STORE = 'beats';
const OPEN_TIMEOUT_MS = 3_000;

type Work<Result> = (store: IDBObjectStore) => IDBRequest<Result> | void;

/** The store of beats in IndexedDB. */
export interface Database {
  /**
   * Runs a transaction, once more if the handle was dead. While a handle is open it begins before this returns: a page
   * that is being left starts nothing later. Rejects where there is no IndexedDB, or it did not open in three seconds.
   */
  run<Result>(mode: IDBTransactionMode, work: Work<Result>): Promise<Result>;
}

export function createDatabase(): Database {
  let handle: IDBDatabase | undefined;
  /** A failed attempt is remembered, too: each beat would wait three seconds again. */
  let opening: Promise<IDBDatabase> | undefined;

  const close = () => {
    handle?.close();
    handle = opening = undefined;
  };
  const open = () =>
    (opening ??= openStore().then((opened) => {
      // Without this, nobody could delete the database while a page is open.
      opened.onversionchange = opened.onclose = close;
      return (handle = opened);
    }));
  return {
    async run(mode, work) {
      try {
        return await transact(handle ?? (await open()), mode, work);
      } catch (error) {
        if (!handle) throw error;
        close();
        return transact(await open(), mode, work);
      }
    },
  };
}

const openStore = () =>
  new Promise<IDBDatabase>((resolve, reject) => {
    setTimeout(reject, OPEN_TIMEOUT_MS);
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });

const transact = <Result>(handle: IDBDatabase, mode: IDBTransactionMode, work: Work<Result>) =>
  new Promise<Result>((resolve, reject) => {
    // Relaxed by default in today's browsers: it survives the crash of one, and takes a tenth of the time.
    const transaction = handle.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request?.result as Result);
    transaction.onabort = reject;
  });
