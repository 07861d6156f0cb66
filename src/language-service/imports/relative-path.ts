/** The path of one file as an import in another one writes it: `./blocks.layers`, `../lib/blocks.layers`. Both are absolute, or relative to one folder. */
export function relativePath(from: string, to: string): string {
  const folders = from.split(/[/\\]/).slice(0, -1);
  const parts = to.split(/[/\\]/);
  let common = 0;
  while (common < folders.length && common < parts.length - 1 && folders[common] === parts[common]) common++;
  const up = folders.slice(common).map(() => "..");
  const down = parts.slice(common);
  return up.length === 0 ? `./${down.join("/")}` : [...up, ...down].join("/");
}
