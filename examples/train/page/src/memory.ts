/** One value that the browser keeps, as IndexedDB does: typed arrays stay what they are. */
export interface Memory {
  /** Undefined where nothing is kept. */
  read(): Promise<unknown>;
  write(value: unknown): Promise<void>;
  clear(): Promise<void>;
}

const store = "kept";
const key = "knowledge";

/** Rejects where the browser keeps nothing, as in some private windows; so do the others. */
export async function openMemory(name: string): Promise<Memory> {
  const opening = indexedDB.open(name);
  opening.addEventListener("upgradeneeded", () =>
    opening.result.createObjectStore(store),
  );
  const database = await settled(opening);
  const at = (mode: IDBTransactionMode): IDBObjectStore =>
    database.transaction(store, mode).objectStore(store);
  return {
    read: () => settled<unknown>(at("readonly").get(key)),
    write: async (value) =>
      void (await settled(at("readwrite").put(value, key))),
    clear: () => settled(at("readwrite").delete(key)),
  };
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}
