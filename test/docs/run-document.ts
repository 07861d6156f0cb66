import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { check, renderDiagnostics } from "../../src/index.ts";
import { run } from "../../src/cli/run.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { version } from "../../src/version.ts";
import { findFences, type Fence } from "./fences.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Does what a page shows, in a folder that holds the examples, and gives the page with the outputs that came of it:
 *
 *     layers [file]                 written and checked; must be right unless a `text` block behind it has its diagnostics
 *     console                       `$ command` lines, each followed by its output
 *     ts file                       written, type-checked under `strict` and run; a `text` block behind it has its output
 *     ts excerpt file name lines    the first lines of a function of a generated file
 *
 * Other blocks are left alone. An output that differs only in times, sizes and folders is kept as the page has it.
 */
export async function runDocument(markdown: string): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-docs-"));
  try {
    prepare(folder);
    let updated = markdown;
    const fences = findFences(markdown);
    // From the last to the first, so that the places of those before stay; but run in the order of the page.
    const outputs: { readonly fence: Fence; readonly content: string }[] = [];
    for (const [at, fence] of fences.entries()) {
      const next = fences[at + 1];
      const answer = next?.language === "text" && next.adjoins ? next : undefined;
      switch (fence.language) {
        case "layers": {
          const found = await checkSnippet(folder, fence);
          if (answer !== undefined) outputs.push({ fence: answer, content: found });
          else if (found !== "") throw new Error(`A snippet that should be right is not:\n${found}`);
          break;
        }
        case "console":
          outputs.push({ fence, content: await runSession(folder, fence.content) });
          break;
        case "ts": {
          if (fence.words[0] === "excerpt") {
            outputs.push({ fence, content: excerpt(folder, fence.words) });
            break;
          }
          const printed = runScript(folder, fence);
          if (answer !== undefined) outputs.push({ fence: answer, content: printed });
          break;
        }
      }
    }
    for (const { fence, content } of outputs.reverse()) {
      if (steady(fence.content) === steady(content)) continue;
      updated = updated.slice(0, fence.start) + content + updated.slice(fence.end);
    }
    return updated;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The examples, and layerc as an installed package. */
function prepare(folder: string): void {
  // Somebody may have installed an example project.
  const filter = (file: string): boolean => path.basename(file) !== "node_modules";
  fs.cpSync(path.join(root, "examples"), folder, { recursive: true, filter });
  fs.mkdirSync(path.join(folder, "node_modules/@types"), { recursive: true });
  fs.symlinkSync(root, path.join(folder, "node_modules/layerc"));
  fs.symlinkSync(path.join(root, "node_modules/rolldown"), path.join(folder, "node_modules/rolldown"));
  fs.symlinkSync(path.join(root, "node_modules/@types/node"), path.join(folder, "node_modules/@types/node"));
  fs.writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
}

async function checkSnippet(folder: string, fence: Fence): Promise<string> {
  const name = fence.words[0] ?? "model.layers";
  fs.writeFileSync(path.join(folder, name), fence.content);
  const host = createNodeHost(folder, nodeFileSystem);
  const { diagnostics, sources } = await check({ path: name, text: fence.content }, { host });
  return renderDiagnostics(diagnostics, sources);
}

async function runSession(folder: string, session: string): Promise<string> {
  let output = "";
  for (const line of session.split("\n").filter((each) => each.startsWith("$ "))) {
    const command = line.slice(2);
    const argv = plainCall(command);
    output += `${line}\n${argv === undefined ? runCommand(folder, command) : await runLayerc(folder, argv)}`;
  }
  return output;
}

/** The arguments of a call of `layerc` and nothing else, in words that mean the same without a shell. */
function plainCall(command: string): readonly string[] | undefined {
  if (!/^layerc(?: +(?:[\w./=-]+|'[^']*'))*$/.test(command)) return undefined;
  return (command.match(/[\w./=-]+|'[^']*'/g) ?? []).slice(1).map((word) => word.replaceAll("'", ""));
}

/** What the command prints, without a process of its own: that takes a second to load the compiler. */
async function runLayerc(folder: string, argv: readonly string[]): Promise<string> {
  let output = "";
  const stream = { write: (text: string) => void (output += text), isTerminal: false };
  await run(argv, version, {
    cwd: folder,
    variables: plainVariables(),
    stdout: stream,
    stderr: stream,
    files: nodeFileSystem,
    loadCompiler: () => import("../../src/compile.ts"),
  });
  return output;
}

function plainVariables(): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, COLUMNS: ___, ...variables } = process.env;
  return variables;
}

function runCommand(folder: string, command: string): string {
  // What npm itself prints is not shown, and npm is slow to start.
  const isStart = command === "npm start";
  const shims = `layerc() { "${process.execPath}" "${root}dist/cli.js" "$@"; }; npx() { "$@"; };`;
  const script = isStart ? `"${process.execPath}" "${root}examples/start.mjs"` : `${shims} ${command}`;
  const { stdout } = spawnSync("bash", ["-c", `{ ${script}\n} 2>&1`], {
    cwd: folder,
    env: plainVariables(),
    encoding: "utf8",
  });
  return isStart ? stdout.trimStart().replaceAll(" (unchanged)", "").replaceAll(root, "/home/you/layerc/") : stdout;
}

function runScript(folder: string, fence: Fence): string {
  const name = fence.words[0];
  if (name === undefined) throw new Error("A ts block needs the name of a file");
  fs.writeFileSync(path.join(folder, name), fence.content);
  const options =
    "--strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --verbatimModuleSyntax --target es2023 --lib es2023,dom --module nodenext --allowImportingTsExtensions --rewriteRelativeImportExtensions --types node --skipLibCheck";
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options.split(" "), name], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${name} does not type-check:\n${stdout}`);
  return execFileSync(process.execPath, [name.replace(/ts$/, "js")], { cwd: folder, encoding: "utf8" });
}

/** `excerpt iris.ts dense 16`: the first 16 lines of the function, from its doc comment on. */
function excerpt(folder: string, [, file = "", name = "", lines = "0"]: readonly string[]): string {
  const text = fs.readFileSync(path.join(folder, file), "utf8").split("\n");
  const at = text.findIndex((line) => line.startsWith(`function ${name}(`));
  if (at < 0) throw new Error(`${file} has no function ${name}`);
  const start = text.lastIndexOf("", at) + 1;
  const shown = text.slice(start, start + Number(lines));
  return `${shown.join("\n")}\n  // ...\n}\n`;
}

/** An output without what depends on the machine and on earlier runs: times, sizes, folders, what is unchanged. */
function steady(output: string): string {
  return output
    .replaceAll(" (unchanged)", "")
    .replaceAll(/\d+(\.\d+)? (µs|ms|kB)/g, "# $2")
    .replaceAll(/\(\d+(\.\d+)?x\)/g, "(#x)")
    .replaceAll(/\S*\/dist\/examples\/digits\.ts/g, "dist/examples/digits.ts");
}
