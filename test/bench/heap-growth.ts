import { spawnSync } from "node:child_process";
import { childScript, errorLine } from "./child-script.ts";
import type { Launch } from "./contenders.ts";

/** What the heap and array buffers grow by in calls of a contender, the least of three runs, and collections in all three. */
export function heapGrowth(
  folder: string,
  calls: number,
  { name, options }: Extract<Launch, { kind: "script" }>,
): { readonly bytes: number; readonly collections: number } {
  const [program = "", ...script] = childScript("heap", folder, `${calls}`, name, ...options);
  const flags = ["--expose-gc", "--max-semi-space-size=512", "--min-semi-space-size=512"];
  const { stdout, stderr } = spawnSync(program, [...flags, ...script], { encoding: "utf8", timeout: 300_000 });
  const found = /^result (\S+) (\S+)$/m.exec(stdout);
  if (found === null) throw new Error(errorLine(stderr));
  return { bytes: Number(found[1]), collections: Number(found[2]) };
}
