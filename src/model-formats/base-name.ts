/** The name of a file or folder without the folders that it lies in. */
export function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
