import type { Fix, Span } from "../diagnostics/diagnostic.ts";
import { nearest, type Nearest } from "../diagnostics/suggest.ts";
import type { Host } from "./host.ts";

/**
 * The file that a path most likely means at which there is none: one beside it whose name is nearly the same, as the details of
 * a diagnostic take it. `isMeant` tells which files can stand there, and `span` is the place of the path, if it is one in a file.
 */
export async function nearestFile(
  host: Host | undefined,
  path: string,
  written: string,
  span: Span | undefined,
  isMeant: (name: string) => boolean,
): Promise<{ readonly help?: string; readonly fix?: Fix }> {
  const names = await namesBeside(host, path);
  const folder = written.slice(0, written.lastIndexOf("/") + 1);
  const found = nearestName(
    written.slice(folder.length),
    names.filter((name) => isMeant(name)),
  );
  if (found === undefined) return {};
  const text = JSON.stringify(folder + found.word);
  const fix = found.isCertain && span !== undefined ? { fix: { title: `Write ${text}`, edits: [{ span, text }] } } : {};
  return { help: `did you mean '${folder}${found.word}'?`, ...fix };
}

async function namesBeside(host: Host | undefined, path: string): Promise<readonly string[]> {
  try {
    return (await host?.namesBeside?.(path)) ?? [];
  } catch {
    return [];
  }
}

/** The name that another nearly is: by its stem or by its ending, not by both, for `a.npz` is none of the ways to write `b.h5`. */
export function nearestName(written: string, names: readonly string[]): Nearest | undefined {
  const [stem, ending] = parted(written);
  const stems = names.flatMap((name) => (parted(name)[1] === ending ? [parted(name)[0]] : []));
  const byStem = nearest(stem, stems);
  if (byStem !== undefined) return { ...byStem, word: byStem.word + ending };
  const endings = names.flatMap((name) => (parted(name)[0] === stem ? [parted(name)[1]] : []));
  const byEnding = nearest(ending, endings);
  return byEnding === undefined ? undefined : { ...byEnding, word: stem + byEnding.word };
}

/** `iris` and `.weights.h5`. */
function parted(name: string): readonly [string, string] {
  const dot = name.indexOf(".", 1);
  return dot < 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot)];
}
