import { createCheckMemory } from "../check/memory/check-memory.ts";
import type { SourceMemory } from "../stages/check-source.ts";
import type { ParsedFile } from "../syntax/reparse/parsed-file.ts";
import { createWeightsMemory, type WeightsMemory } from "../weights/weights-memory.ts";
import { reparse } from "../syntax/reparse/reparse.ts";

/** The syntax trees and weight files, for all that need them, and what the checks of each open file remember. */
export interface SourceMemories {
  /** What there is for the checks of an open file. */
  of(path: string): SourceMemory;
  forget(path: string): void;
  /** Forgets the trees of all other files. */
  keep(isNeeded: (path: string) => boolean): void;
  readonly weights: WeightsMemory;
}

/**
 * A file that has been edited is parsed and checked only where the edit has changed something. The nodes around it move, so
 * earlier trees, and whatever refers to them, are of no use any more: `moved` hears of a file that has turned out to be another
 * one, and of the open file whose check has read it.
 */
export function createSourceMemories(moved: (path: string, reader: string) => void): SourceMemories {
  const parsed = new Map<string, ParsedFile>();
  const memories = new Map<string, SourceMemory>();
  const weights = createWeightsMemory();
  const parseFor =
    (reader: string): SourceMemory["parse"] =>
    (source) => {
      const before = parsed.get(source.path);
      const file = reparse(before, source);
      parsed.set(source.path, file);
      if (before !== undefined && before !== file) moved(source.path, reader);
      return file;
    };
  return {
    of(path) {
      let memory = memories.get(path);
      if (memory === undefined) {
        memory = { parse: parseFor(path), check: createCheckMemory(), weights };
        memories.set(path, memory);
      }
      return memory;
    },
    forget(path) {
      parsed.delete(path);
      memories.delete(path);
    },
    keep(isNeeded) {
      for (const path of parsed.keys()) if (!isNeeded(path)) parsed.delete(path);
    },
    weights,
  };
}
