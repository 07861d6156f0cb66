import type { Host, HostFile } from "../load/host.ts";

/** The bytes of weight files, read once until they change: a file of a hundred megabytes is not read at every key. */
export interface BytesMemory {
  read(path: string, most?: number): Promise<HostFile<Uint8Array>>;
  forget(path: string): void;
  /** Forgets all others. */
  keep(isNeeded: (path: string) => boolean): void;
}

export function createBytesMemory(host: Host): BytesMemory {
  const known = new Map<string, Promise<HostFile<Uint8Array>>>();
  return {
    async read(path, most) {
      // Of a file that may be too long for somebody, another may want all.
      if (most !== undefined) return host.readBytes(path, most);
      const before = known.get(path);
      if (before !== undefined) return before;
      const reading = host.readBytes(path);
      known.set(path, reading);
      const forget = (): void => {
        if (known.get(path) === reading) known.delete(path);
      };
      // What can't be read may be there at the next key.
      return reading.then(
        (file) => {
          if (!file.ok) forget();
          return file;
        },
        (error: unknown) => {
          forget();
          throw error;
        },
      );
    },
    forget: (path) => void known.delete(path),
    keep(isNeeded) {
      for (const path of known.keys()) if (!isNeeded(path)) known.delete(path);
    },
  };
}
