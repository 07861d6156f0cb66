/**
 * The folder at a path, as a file at that path would name it: `./digits.keras/`. That is how a host, which resolves names from
 * files, reaches what lies in a folder that was given in place of a file. Undefined where the path does not end in its name.
 */
export function folderInside(path: string): string | undefined {
  const base = path.split(/[/\\]/).findLast((part) => part !== "" && part !== ".");
  return base === undefined || base === ".." ? undefined : `./${base}/`;
}
