/** layerc's advice to import a file by a command, for a reader of the page: files are dropped on it. */
export function adviceInPage(text: string): string {
  return text
    .replace(
      /name their file: layerc import (\S+) --weights ([^\s,]+)/g,
      "drop $1 here together with $2",
    )
    .replace(/import (it|its file): layerc import \S*\w/g, "drop $1 here")
    .replace(/: layerc import (\S*\w)/g, ": drop $1 here");
}
