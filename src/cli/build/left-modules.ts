import path from "node:path";
import { visibleText } from "../../diagnostics/visible-text.ts";
import type { FileSystem } from "../../node/file-system.ts";
import { displayPath } from "../../node/paths.ts";
import { readQuietly } from "../../node/read-quietly.ts";
import type { Output } from "../../node/plan-files.ts";
import { moduleKinds } from "../../targets/module-kinds.ts";

/** A module of an earlier build with another `--emit`, which an import may find in place of the new one. */
export interface LeftModule {
  /** As in `displayPath`. */
  readonly path: string;
  /** What this build writes in its place. */
  readonly instead: string;
}

const codeEndings = Object.values(moduleKinds).map(({ endings: [code] }) => `.${code}`);

/** Modules beside the outputs that `layerc build` once wrote under another ending, and that no output replaces. */
export async function findLeftModules(
  outputs: readonly Output[],
  { cwd, files }: { readonly cwd: string; readonly files: FileSystem },
): Promise<readonly LeftModule[]> {
  const { fileOrigin } = await import("../../node/file-origin.ts");
  // What can't be read is none: nothing was to be written there, so it is no failure of the build.
  const isOurs = (file: string): boolean => {
    const content = readQuietly(file, files);
    return content !== undefined && fileOrigin(content) !== undefined;
  };
  const written = new Set(outputs.map((output) => path.resolve(cwd, output.path)));
  return outputs.flatMap(({ path: output }) => {
    const { dir, name, ext } = path.parse(path.resolve(cwd, output));
    // Of `digits.d.ts` the ending is one of code.
    if (!codeEndings.includes(ext) || name.endsWith(".d")) return [];
    return codeEndings
      .map((ending) => path.join(dir, name + ending))
      .filter((file) => !written.has(file) && isOurs(file))
      .map((file) => ({ path: displayPath(cwd, file), instead: output }));
  });
}

/** `digits.ts is of an earlier build, and this one writes digits.js: delete it, or an import may find it` */
export function leftModuleLine({ path: left, instead }: LeftModule): string {
  return `${visibleText(left)} is of an earlier build, and this one writes ${visibleText(instead)}: delete it, or an import may find it\n`;
}
