import path from "node:path";
import { byteOrderMark } from "../../node/byte-order-mark.ts";
import { commitFiles, type FileToWrite } from "../../node/commit-files.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Environment } from "../../node/environment.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { counted } from "../../diagnostics/counted.ts";
import type { CheckedFiles } from "./check-files.ts";
import { fixFile, type FixedFile } from "./fix-file.ts";
import { maxTextBytes } from "../../node/limits.ts";

/** What was fixed in which files, and why nothing could be written. */
export interface FixedFiles {
  readonly files: readonly (FixedFile & { readonly path: string })[];
  readonly problem: Diagnostic | undefined;
}

/** Applies the fixes of checked files and writes those that have changed, all or none. Each sees the others as fixed. */
export async function fixFiles(
  checked: Extract<CheckedFiles, { readonly ok: true }>["checked"],
  environment: Environment,
): Promise<FixedFiles> {
  const { cwd, files: disk } = environment;
  const compiler = await environment.loadCompiler();
  const host = createNodeHost(cwd, disk);
  const texts = new Map<string, string>();
  const fixedHost = {
    ...host,
    readText: async (file: string) => {
      const content = texts.get(file);
      return content === undefined ? host.readText(file) : ({ ok: true, content } as const);
    },
  };
  const files: (FixedFile & { readonly path: string })[] = [];
  const outputs: FileToWrite[] = [];
  for (const { input, result } of checked) {
    const fixed = await fixFile(input.source, result.diagnostics, async (source) => {
      return (await compiler.check(source, { host: fixedHost })).diagnostics;
    });
    if (fixed.applied.length === 0) continue;
    files.push({ ...fixed, path: input.path });
    texts.set(input.path, fixed.text);
    const old = disk.read(path.resolve(cwd, input.path), maxTextBytes);
    outputs.push({ path: input.path, content: new TextEncoder().encode(byteOrderMark(old) + fixed.text) });
  }
  const problem = outputs.length === 0 ? undefined : await commitFiles(outputs, cwd, disk);
  return { files, problem };
}

/** What was done, for people. */
export function fixLines({ files }: FixedFiles): string {
  const lines = files.flatMap(({ path: file, applied, errors }) => [
    `${file}: ${counted(applied.length, "fix").replace(/fixs$/, "fixes")}, ${counted(errors.before, "error")} before, ${errors.after} after`,
    ...applied.map(({ line, title, code }) => `  line ${line}: ${title} (${code})`),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}
