import vm from "node:vm";
import type { FuzzInput } from "../inputs.ts";
import type { memoryFiles } from "../memory-files.ts";

/** A generated module has to be JavaScript. */
export function wrongModule(files: ReturnType<typeof memoryFiles>, input: FuzzInput): string | undefined {
  for (const name of files.list("/p")) {
    if (!/\.m?js$/.test(name) || name in input.files) continue;
    const text = new TextDecoder().decode(files.read(`/p/${name}`, 2 ** 30));
    const body = text
      .replaceAll(/^export (?:default )?(?=const|function|class|async|let)/gm, "")
      .replaceAll(/^export \{[^}]*\};?$/gm, "");
    try {
      const script = new vm.Script(`(async () => {${body}\n})`);
      if (script.sourceMapURL !== undefined) return `${name} names a source map, '${script.sourceMapURL}'`;
    } catch (error) {
      return `${name} is no JavaScript: ${String(error)}`;
    }
  }
  return undefined;
}
