import { spawnSync } from "node:child_process";
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
import { runScripts } from "./run-scripts.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Does what pages show, each in a folder that holds the examples, and gives the pages with the outputs that came of it, or
 * what went wrong:
 *
 *     layers [file]                 written and checked; must be right unless a `text` block behind it has its diagnostics
 *     console                       `$ command` lines, each followed by its output
 *     ts file                       written, type-checked under `strict` and run; a `text` block behind it has its output
 *     ts excerpt file name lines    the first lines of a function of a generated file
 *
 * Other blocks are left alone. An output that differs only in times and folders is kept as the page has it.
 */
export async function runDocuments(pages: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string | Error>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-docs-"));
  try {
    installPackages(folder);
    const scripts: string[] = [];
    const runs: { readonly page: string; readonly outputs: readonly Output[] | Error }[] = [];
    for (const [page, markdown] of pages) {
      runs.push({ page, outputs: await runDocument(markdown, folder, scripts).catch(toError) });
    }
    const printed = runScripts(folder, scripts);
    return new Map(
      runs.map(({ page, outputs }) => {
        if (outputs instanceof Error) return [page, outputs];
        const failed = outputs.flatMap(({ content }) => (typeof content === "string" ? [] : (printed[content] ?? [])));
        const error = failed.find((each) => each instanceof Error);
        return [page, error ?? update(pages.get(page) ?? "", outputs, printed as readonly string[])];
      }),
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What came of a block: its text, or the number of the script that prints it. It belongs into `fence`, if anywhere. */
interface Output {
  readonly fence: Fence | undefined;
  readonly content: string | number;
}

/** Does what a page shows, but for its scripts, which it adds to `scripts` with all files as they are at this time. */
async function runDocument(markdown: string, parent: string, scripts: string[]): Promise<readonly Output[]> {
  const fences = findFences(markdown);
  if (!fences.some(({ language }) => ["layers", "console", "ts"].includes(language))) return [];
  const folder = fs.mkdtempSync(path.join(parent, "page-"));
  copyExamples(folder);
  const outputs: Output[] = [];
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
        const name = fence.words[0];
        if (name === undefined) throw new Error("A ts block needs the name of a file");
        fs.writeFileSync(path.join(folder, name), fence.content);
        const copy = fs.mkdtempSync(path.join(parent, "script-"));
        fs.cpSync(folder, copy, { recursive: true });
        outputs.push({ fence: answer, content: scripts.push(`${path.basename(copy)}/${name}`) - 1 });
        break;
      }
    }
  }
  return outputs;
}

/** The page with its outputs, where they differ. */
function update(markdown: string, outputs: readonly Output[], printed: readonly string[]): string {
  let updated = markdown;
  // From the last to the first, so that the places of those before stay.
  for (const { fence, content } of outputs.toReversed()) {
    const text = typeof content === "string" ? content : (printed[content] ?? "");
    if (fence === undefined || steady(fence.content) === steady(text)) continue;
    updated = updated.slice(0, fence.start) + text + updated.slice(fence.end);
  }
  return updated;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** layerc and what the pages use beside it, as installed packages. */
function installPackages(folder: string): void {
  fs.mkdirSync(path.join(folder, "node_modules/@types"), { recursive: true });
  fs.symlinkSync(root, path.join(folder, "node_modules/layerc"));
  for (const name of ["prettier", "rolldown"]) {
    fs.symlinkSync(path.join(root, "node_modules", name), path.join(folder, "node_modules", name));
  }
  fs.symlinkSync(path.join(root, "node_modules/@types/node"), path.join(folder, "node_modules/@types/node"));
}

function copyExamples(folder: string): void {
  // Somebody may have installed an example project, and trained its networks.
  const trained = path.join(root, "examples/train/");
  const filter = (file: string): boolean =>
    path.basename(file) !== "node_modules" && !(file.startsWith(trained) && file.endsWith(".safetensors"));
  fs.cpSync(path.join(root, "examples"), folder, { recursive: true, filter });
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
    output += `${line}\n${await runLine(folder, line.slice(2))}`;
  }
  return output;
}

/** Runs commands joined by `&&`, each by itself, so that those of layerc need no process. */
async function runLine(folder: string, line: string): Promise<string> {
  let output = "";
  let cwd = folder;
  for (const command of line.split(" && ")) {
    const argv = plainCall(command);
    if (command.startsWith("cd ")) cwd = path.join(cwd, command.slice(3));
    else {
      const done = argv === undefined ? runCommand(cwd, command) : await runLayerc(cwd, argv);
      output += done.printed;
      if (done.status !== 0) break;
    }
  }
  return output;
}

interface Run {
  readonly status: number | null;
  readonly printed: string;
}

/** The arguments of a call of `layerc` and nothing else, in words that mean the same without a shell. */
function plainCall(command: string): readonly string[] | undefined {
  if (!/^layerc(?: +(?:[\w./=:-]+|'[^']*'))*$/.test(command)) return undefined;
  return (command.match(/[\w./=:-]+|'[^']*'/g) ?? []).slice(1).map((word) => word.replaceAll("'", ""));
}

/** What the command prints, without a process of its own: that takes a second to load the compiler. */
async function runLayerc(folder: string, argv: readonly string[]): Promise<Run> {
  let printed = "";
  const stream = { write: (text: string) => void (printed += text), isTerminal: false };
  const status = await run(argv, version, {
    cwd: folder,
    variables: plainVariables(),
    stdout: stream,
    stderr: stream,
    files: nodeFileSystem,
    loadCompiler: () => import("../../src/compile.ts"),
  });
  return { status, printed };
}

function plainVariables(): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, COLUMNS: ___, ...variables } = process.env;
  return variables;
}

function runCommand(folder: string, command: string): Run {
  // What npm itself prints is not shown, and npm is slow to start.
  const isStart = command === "npm start";
  const shims = `layerc() { "${process.execPath}" "${root}dist/cli.js" "$@"; }; npx() { "$@"; };`;
  const script = isStart ? `"${process.execPath}" "${root}examples/start.mjs"` : `${shims} ${command}`;
  const { status, stdout } = spawnSync("bash", ["-c", `{ ${script}\n} 2>&1`], {
    cwd: folder,
    env: plainVariables(),
    encoding: "utf8",
  });
  if (!isStart) return { status, printed: stdout };
  const printed = stdout.trimStart().replaceAll(" (unchanged)", "").replaceAll(root, "/home/you/layerc/");
  return { status, printed };
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

/** An output without what depends on the machine and on earlier runs: times, folders, what is unchanged. */
function steady(output: string): string {
  return output
    .replaceAll(" (unchanged)", "")
    .replaceAll(/\d+(\.\d+)? (µs|ms)/g, "# $2")
    .replaceAll(/\(\d+(\.\d+)?x\)/g, "(#x)")
    .replaceAll(/\S*\/dist\/examples\/digits\.ts/g, "dist/examples/digits.ts");
}
