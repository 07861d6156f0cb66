import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { AnyModule } from "./run-module.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Every flag a strict project may set, for an engine without a page (no `dom`). */
export const strictFlags: readonly string[] = [
  "--strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --noUnusedLocals --noUnusedParameters",
  "--noImplicitReturns --noFallthroughCasesInSwitch --noImplicitOverride --noPropertyAccessFromIndexSignature",
  "--verbatimModuleSyntax --isolatedModules --isolatedDeclarations --declaration --erasableSyntaxOnly",
  "--forceConsistentCasingInFileNames --target es2022 --lib es2022 --module nodenext --types",
].flatMap((line) => line.split(" "));

export interface TypeChecked {
  /** What `tsc` printed: empty when all is well. */
  readonly errors: string;
  /** Runs the JavaScript that `tsc` made of a file: `net` for `net.ts`. */
  run(name: string): Promise<AnyModule>;
  dispose(): void;
}

/** Writes files (`net.ts`, `net.d.ts`) to a folder of their own, and type-checks and compiles them all in one run. */
export async function typeCheck(files: ReadonlyMap<string, string>): Promise<TypeChecked> {
  const folder = mkdtempSync(path.join(tmpdir(), "layerc-types-"));
  writeFileSync(path.join(folder, "package.json"), `{ "type": "module" }`);
  for (const [name, text] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const errors = await runTsc(folder, [
    "--ignoreConfig",
    ...strictFlags,
    "",
    "--rootDir",
    folder,
    "--outDir",
    path.join(folder, "out"),
    ...files.keys(),
  ]);
  return {
    errors,
    run: async (name) =>
      (await import(/* @vite-ignore */ pathToFileURL(path.join(folder, "out", `${name}.js`)).href)) as AnyModule,
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function runTsc(cwd: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), ...args], { cwd });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (status) => {
      const output = Buffer.concat(chunks).toString();
      resolve(output === "" && status !== 0 ? `tsc ended with status ${status}` : output);
    });
  });
}
