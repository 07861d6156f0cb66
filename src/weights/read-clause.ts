import type { Host, HostFile } from "../load/host.ts";
import { folderInside } from "./folder-inside.ts";
import { readWeightFile, readWeightFolder, type ReadResult } from "./read-weight-file.ts";
import type { WeightFile } from "./weight-file.ts";
import type { KnownFile, WeightsMemory } from "./weights-memory.ts";

/** The weight file that a path means which is written in the file `from`; undefined where it can't be read. */
export async function openWeightFile(
  from: string,
  written: string,
  host: Host,
  memory: WeightsMemory,
): Promise<WeightFile | undefined> {
  const result = await readOnce(from, written, host, { results: new Map(), parts: new Set(), memory });
  return typeof result === "string" || !result.ok ? undefined : result.file;
}

/** What has been read, by path: a result, or why the file can't be reached; and the files that such files name. */
export interface Reads {
  readonly results: Map<string, ReadResult | string>;
  readonly parts: Set<string>;
  /** What was read before of the same bytes. */
  readonly memory?: WeightsMemory | undefined;
}

/** A result, or why the file can't be reached. A failing host is a reason like any other. */
export async function readOnce(
  from: string,
  written: string,
  host: Host | undefined,
  { results, parts, memory }: Reads,
): Promise<ReadResult | string> {
  if (host === undefined) return "this compilation has no access to files";
  let path: string;
  let file: HostFile<Uint8Array>;
  try {
    path = host.resolve(from, written);
    const earlier = results.get(path);
    if (earlier !== undefined) return earlier;
    file = await host.readBytes(path);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (!file.ok && /^https?:/.test(written)) return "files are read from the disk: download it, and give its path";
  const own = new Map<string, Uint8Array | undefined>();
  const partOf =
    (folder: string) =>
    async (name: string): Promise<Uint8Array | undefined> => {
      const part = host.resolve(path, `${folder}${name}`);
      const found = await host.readBytes(part);
      const content = found.ok ? found.content : undefined;
      own.set(part, content);
      // A folder may come later, but then its own path does; a part that is named is missed.
      if (found.ok || folder === "./") parts.add(part);
      return content;
    };
  let result: ReadResult | string;
  if (file.ok) {
    const known = await knownFile(path, file.content, host, memory);
    result = known?.result ?? (await readWeightFile(file.content, path, partOf("./")));
    if (known === undefined) memory?.files.set(file.content, { path, result, parts: own });
    else for (const part of known.parts.keys()) parts.add(part);
  } else {
    result = (await readFolder(path, partOf)) ?? file.reason;
  }
  results.set(path, result);
  return result;
}

/** What was read of the same bytes before, where the files beside it, if it has any, are the same too. */
async function knownFile(
  path: string,
  content: Uint8Array,
  host: Host,
  memory: WeightsMemory | undefined,
): Promise<KnownFile | undefined> {
  const known = memory?.files.get(content);
  if (known?.path !== path) return undefined;
  for (const [part, before] of known.parts) {
    const found = await host.readBytes(part);
    if ((found.ok ? found.content : undefined) !== before) return undefined;
  }
  return known;
}

/** What is no file may be the folder that a `.keras` file is when it is unzipped. */
async function readFolder(
  path: string,
  partOf: (folder: string) => (name: string) => Promise<Uint8Array | undefined>,
): Promise<ReadResult | undefined> {
  const folder = folderInside(path);
  if (folder === undefined) return undefined;
  const read = partOf(folder);
  const config = await read("config.json");
  if (config === undefined) return undefined;
  return readWeightFolder(path, (name) => (name === "config.json" ? Promise.resolve(config) : read(name)));
}
