import picomatch from "picomatch";

/**
 * Whether a file, seen from the config's folder, matches one of the globs and none of those that start with `!`. With
 * nothing but the latter, all other files match.
 */
export function matchesGlobs(file: string, globs: string | readonly string[]): boolean {
  const all = (typeof globs === "string" ? [globs] : globs).map((glob) => glob.replace(/^(!?)(?:\.\/)+/, "$1"));
  const taken = all.filter((glob) => !glob.startsWith("!"));
  const excluded = all.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  const matches = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => pattern === file || picomatch.isMatch(file, pattern));
  return (taken.length === 0 || matches(taken)) && !matches(excluded);
}
