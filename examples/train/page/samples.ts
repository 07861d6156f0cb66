import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** Makes of `digits.csv?every=7` a module with one of seven rows: `inputs`, one after the other, and `targets`, the last column. */
export function samples(): Plugin {
  return {
    name: "samples",
    load(id) {
      const [, file, every] = /^(.*\.csv)\?every=(\d+)$/.exec(id) ?? [];
      if (file === undefined) return;
      this.addWatchFile(file);
      const rows = readFileSync(file, "utf8")
        .trimEnd()
        .split("\n")
        .slice(1)
        .filter((_, at) => at % Number(every) === 0)
        .map((row) => row.split(",").map(Number));
      const inputs = rows.flatMap((row) => row.slice(0, -1));
      const targets = rows.map((row) => row.at(-1));
      return `export const inputs = Uint8Array.of(${inputs.join()});
export const targets = Uint8Array.of(${targets.join()});`;
    },
  };
}
