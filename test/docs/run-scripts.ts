import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const host = fileURLToPath(new URL("script-host.mjs", import.meta.url));

const strict =
  "--strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --verbatimModuleSyntax --target es2023 --lib es2023,dom --module nodenext --allowImportingTsExtensions --rewriteRelativeImportExtensions --types node --skipLibCheck";

/**
 * Type-checks TypeScript files below a folder, in one run, and runs each in its own folder, in one process. Gives what each
 * one printed, or what is wrong with it.
 */
export function runScripts(folder: string, files: readonly string[]): readonly (string | Error)[] {
  if (files.length === 0) return [];
  const wrong = typeErrors(folder, files);
  const sound = files.filter((_, at) => wrong[at] === "");
  const compiled = sound.map((file) => path.join(folder, file.replace(/ts$/, "js")));
  const { status, stdout, stderr } = spawnSync(process.execPath, [host, ...compiled], { encoding: "utf8" });
  if (status !== 0) throw new Error(`Scripts of pages ended their process with status ${status}:\n${stderr}`);
  const runs = JSON.parse(stdout) as readonly { readonly printed: string; readonly error?: string }[];
  return files.map((file, at) => {
    if (wrong[at] !== "") return new Error(`${file} does not type-check:\n${wrong[at]}`);
    const run = runs[sound.indexOf(file)];
    return run?.error === undefined ? (run?.printed ?? "") : new Error(`${file} fails:\n${run.printed}${run.error}`);
  });
}

/** What `tsc` says of each file and of those beside it, which it imports. */
function typeErrors(folder: string, files: readonly string[]): readonly string[] {
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const argv = [tsc, ...strict.split(" "), "--pretty", "false", ...files];
  const { status, stdout } = spawnSync(process.execPath, argv, { cwd: folder, encoding: "utf8" });
  if (status === 0) return files.map(() => "");
  // An error goes on in indented lines.
  const errors = stdout.split(/^(?=\S)/m);
  const found = files.map((file) => errors.filter((error) => error.startsWith(`${path.dirname(file)}/`)).join(""));
  if (found.every((text) => text === "")) throw new Error(`tsc ends with status ${status}:\n${stdout}`);
  return found;
}
