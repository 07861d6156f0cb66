import path from "node:path";

/**
 * The one name a file has throughout a run: relative to the working folder, with `/` on every system; so that equal
 * files have equal names and messages are short. A file on another Windows drive keeps its absolute path.
 */
export function displayPath(cwd: string, file: string): string {
  const relative = path.relative(cwd, path.resolve(cwd, file));
  return relative === "" ? "." : toSlashes(relative);
}

/** Windows' separators as `/`, which Windows understands too. Elsewhere `\` is a character like others. */
export function toSlashes(file: string): string {
  return path.sep === "\\" ? file.replaceAll("\\", "/") : file;
}

/** Whether a file lies in a folder, or is that. */
export function isInside(file: string, folder: string): boolean {
  const seen = path.relative(folder, file);
  // On another drive of Windows there is no relative path.
  return seen !== ".." && !seen.startsWith(`..${path.sep}`) && !path.isAbsolute(seen);
}
