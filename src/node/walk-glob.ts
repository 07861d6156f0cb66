import path from "node:path";
import picomatch from "picomatch";
import type { FileSystem } from "./file-system.ts";
import { mostFolders } from "./limits.ts";

/** What a glob finds; all paths are seen from the folder that it was asked in, with `/`. */
export interface Walked {
  /** Sorted. Each file once, by a path without links where there is one that matches. */
  readonly files: readonly string[];
  /** Names that are not UTF-8, shown as well as can be: no path leads there. */
  readonly unnamed: readonly string[];
  /** The first folder that was not gone through any more, because there were too many. */
  readonly beyond?: string;
}

/**
 * Finds the files that a glob matches. It goes through links to folders, but not in circles: into none of the folders that
 * it is in. Hidden files and folders have to be named, node_modules is left out. A folder that can't be read has no files.
 */
export function walkGlob(base: string, pattern: string, files: FileSystem, most = mostFolders): Walked {
  const isMatch = picomatch(pattern);
  const mayLead = folderMatcher(pattern);
  const found = new Map<string, string>();
  const unnamed: string[] = [];
  let folders = 0;
  let beyond: string | undefined;

  // Without links first, so that a file is found by its own path before it is found by another.
  type Place = { readonly relative: string; readonly within: readonly string[] };
  let waiting: Place[] = [{ relative: "", within: [] }];
  const behindLinks: Place[] = [];
  while (waiting.length > 0 || behindLinks.length > 0) {
    if (waiting.length === 0) waiting = [behindLinks.shift() as Place];
    const { relative, within } = waiting.pop() as Place;
    const real = quietly(() => files.realPath(path.join(base, relative)));
    if (real === undefined || within.includes(real)) continue;
    if (++folders > most) {
      beyond ??= relative;
      break;
    }
    const chain = [...within, real];
    for (const { name, kind } of quietly(() => files.entries(real)) ?? []) {
      const at = relative === "" ? name : `${relative}/${name}`;
      if (kind === "folder") {
        if (mayLead(at)) waiting.push({ relative: at, within: chain });
        continue;
      }
      const matches = isMatch(at);
      if (kind === "file" && !matches) continue;
      const full = path.join(real, name);
      // Of a link it shows only now what lies behind.
      const behind = quietly(() => files.kind(full));
      if (behind === undefined && name.includes("\uFFFD") && kind !== "link") {
        if (matches) unnamed.push(at);
      } else if (behind === "folder" && mayLead(at)) behindLinks.push({ relative: at, within: chain });
      else if (behind === "file" && matches) {
        const own = kind === "file" ? full : (quietly(() => files.realPath(full)) ?? full);
        const earlier = found.get(own);
        if (earlier === undefined || (kind === "file" && path.join(base, earlier) !== own)) found.set(own, at);
      }
    }
  }
  return {
    files: [...found.values()].toSorted(),
    unnamed: unnamed.toSorted(),
    ...(beyond === undefined ? {} : { beyond }),
  };
}

/** Whether a glob may match something in a folder. */
function folderMatcher(pattern: string): (folder: string) => boolean {
  const all = pattern.split("/");
  const segments = all.at(-1)?.includes("**") === true ? all : all.slice(0, -1);
  // Braces and brackets may hold a slash: then a segment is none.
  const isPlain = !/[{(][^})]*\//.test(pattern);
  const starAt = segments.findIndex((segment) => segment.includes("**"));
  const fixed = isPlain ? segments.slice(0, starAt < 0 ? segments.length : starAt) : [];
  const isSegment = fixed.map((segment) => picomatch(segment));
  const depth = isPlain && starAt < 0 ? segments.length : Infinity;
  const namesHidden = /(?:^|[/{(,|])\.(?![./])/.test(pattern);
  return (folder) => {
    const names = folder.split("/");
    const last = names.at(-1) ?? "";
    if (last === "node_modules" || names.length > depth) return false;
    const own = isSegment[names.length - 1];
    return own === undefined ? namesHidden || !last.startsWith(".") : own(last);
  };
}

function quietly<Result>(ask: () => Result): Result | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
