import { isInside } from "../../node/paths.ts";

/** The innermost of some folders that a file lies in. */
export function folderAround(file: string, folders: readonly string[]): string | undefined {
  return folders.filter((folder) => isInside(file, folder)).toSorted((a, b) => b.length - a.length)[0];
}
