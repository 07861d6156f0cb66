import type { Host } from "../load/host.ts";
import type { Source } from "../syntax/source.ts";
import { openWeightFile } from "../weights/read-clause.ts";
import type { WeightFile } from "../weights/weight-file.ts";
import type { Analysis } from "./analysis.ts";
import { createBytesMemory } from "./bytes-memory.ts";
import { createSourceMemories } from "./source-memory.ts";
import { analyze } from "./analyze.ts";

/** The files that an editor holds open, over those that its host reads. */
export interface Workspace {
  /** Opens a file, or gives an open one another text. */
  set(source: Source): void;
  close(path: string): void;
  /** A file that is not open has changed on disk: what is known of those that read it is out of date. */
  changed(path: string): void;
  readonly paths: readonly string[];
  /** The open files that have read a file, itself included. */
  dependents(path: string): readonly string[];
  /**
   * What is known of an open file, worked out once for each text; undefined for a file that is not open. A text that arrives
   * meanwhile is the next question's.
   */
  analysis(path: string): Promise<Analysis | undefined>;
  /** The weight file that a path means which is written in the file `from`; undefined where it can't be read. */
  weightFile(from: string, written: string): Promise<WeightFile | undefined>;
}

interface OpenFile {
  readonly source: Source;
  analysis: Promise<Analysis> | undefined;
  /** What has been read for it, itself included. */
  readonly read: Set<string>;
}

/** A workspace without open files. Imports of open files see their unsaved texts. */
export function createWorkspace(host: Host): Workspace {
  const open = new Map<string, OpenFile>();
  // A closed file may have changed without a word of it.
  const memories = createSourceMemories((path, reader) => {
    for (const [name, file] of open) if (name !== reader && file.read.has(path)) file.analysis = undefined;
  });
  // What is read counts from the moment it is asked for: it may change before the analysis ends.
  const bytes = createBytesMemory(host);
  const hostFor = ({ read }: OpenFile): Host => ({
    ...host,
    async readText(path) {
      read.add(path);
      const other = open.get(path);
      return other === undefined ? host.readText(path) : { ok: true, content: other.source.text };
    },
    async readBytes(path, most) {
      read.add(path);
      return bytes.read(path, most);
    },
  });
  const forget = (path: string): void => {
    bytes.forget(path);
    for (const file of open.values()) if (file.read.has(path)) file.analysis = undefined;
  };
  const keepWhatIsRead = (): void => {
    const isRead = (path: string): boolean => [...open.values()].some(({ read }) => read.has(path));
    bytes.keep(isRead);
    memories.keep(isRead);
  };
  return {
    set(source) {
      const { path } = source;
      if (open.get(path)?.source.text === source.text) return;
      forget(path);
      open.set(path, { source, analysis: undefined, read: new Set([path]) });
    },
    close(path) {
      open.delete(path);
      memories.forget(path);
      forget(path);
      keepWhatIsRead();
    },
    changed: forget,
    get paths() {
      return [...open.keys()];
    },
    dependents: (path) => [...open].filter(([, { read }]) => read.has(path)).map(([name]) => name),
    async analysis(path) {
      const file = open.get(path);
      if (file === undefined) return undefined;
      return (file.analysis ??= analyze(file.source, hostFor(file), memories.of(path)).finally(keepWhatIsRead));
    },
    weightFile: (from, written) => openWeightFile(from, written, { ...host, readBytes: bytes.read }, memories.weights),
  };
}
