import fs from "node:fs";
import path from "node:path";
import { jsonConfigText, scriptConfigText } from "../config/config-text.ts";
import { describeValue } from "../config/describe-value.ts";
import { parseJsonConfig } from "../config/parse-json-config.ts";
import { validateConfig } from "../config/validate-config.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { shorten } from "../files/shorten.ts";
import type { Source } from "../syntax/source.ts";
import { describeFileError } from "./file-error.ts";
import {
  configEndings,
  configField,
  fieldOf,
  findConfig,
  isManifest,
  otherConfigs,
  readConfigText,
} from "./find-config.ts";
import { displayPath } from "./paths.ts";
import type { ProjectConfig } from "./project-config.ts";
import { runConfigScript } from "./run-config-script.ts";

export const configUnreadable = defineDiagnostic<{ file: string; reason: string }>(
  "config-unreadable",
  "error",
  "The config file can't be read.",
  ({ file, reason }) => ({
    message: `Can't read the config '${file}': ${reason}`,
    help: "check the name, or leave configs aside with --no-config",
  }),
  () => ({
    meaning:
      "The config that --config names, or that was found, can't be read. Without --config it is looked for in the working folder and those above it.",
    example: {
      kind: "command",
      text: "layerc build --config layerc.json",
      arguments: { file: "layerc.json", reason: "no such file" },
      mended: "layerc build --config layerc.config.json",
    },
  }),
);

export const configAmbiguous = defineDiagnostic<{ found: string; others: readonly string[] }>(
  "config-ambiguous",
  "error",
  "A folder has two configs.",
  ({ found, others }) => ({
    message: `'${found}' is not the only config of its folder: there is ${others.join(" and ")} too`,
    help: "keep one of them, or choose one with --config",
  }),
  () => ({
    meaning: "With two configs in one folder, nobody could tell which one holds.",
    example: {
      kind: "situation",
      text: "A folder has layerc.config.ts and a key layerc in its package.json.",
      arguments: { found: "layerc.config.ts", others: ["package.json"] },
      mended: "The key is moved out of package.json into layerc.config.ts.",
    },
  }),
);

export const configFailed = defineDiagnostic<{ file: string; reason: string }>(
  "config-failed",
  "error",
  "A config script throws, or can't be understood.",
  ({ file, reason }) => ({
    message: `The config '${file}' fails: ${reason}`,
    help: "mend it, or leave configs aside with --no-config",
  }),
  () => ({
    meaning: "The config is a script, and running it ended in an error, which the message quotes.",
    example: {
      kind: "situation",
      text: "layerc.config.ts imports a package that is not installed.",
      arguments: { file: "layerc.config.ts", reason: "Cannot find module 'chalk'" },
      mended: "The package is installed with npm.",
    },
  }),
);

export const configNotExported = defineDiagnostic<{ file: string }>(
  "config-not-exported",
  "error",
  "A config script has no default export.",
  ({ file }) => ({
    message: `The config '${file}' has no default export, expected the config to be one`,
    help: "write 'export default { … }'",
  }),
  () => ({
    meaning: "A config script gives the config as its default export.",
    example: {
      kind: "situation",
      text: 'layerc.config.ts is: const config = { include: ["*.layers"] };',
      arguments: { file: "layerc.config.ts" },
      mended: "layerc.config.ts ends in: export default config;",
    },
  }),
);

/** A project's config, or why it can't be had; `sources` are the texts that the diagnostics point into. */
export type LoadedConfig =
  | ({ readonly ok: true } & ProjectConfig)
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      readonly sources: readonly Source[];
      /** The file that is wrong and what it imports, absolute, for watching. */
      readonly dependencies: readonly string[];
    };

/**
 * Finds and checks the config of a project. Without `file`, it is looked for in `cwd` and the folders above, up to the
 * nearest that has a package.json. No config at all is an empty one, seen from `cwd`. Never throws for anything the
 * files contain; diagnostics name files as `displayPath` does.
 */
export async function loadConfig(cwd: string, file?: string): Promise<LoadedConfig> {
  let found: string | undefined;
  try {
    if (file !== undefined && !configEndings.includes(path.extname(file)) && !isFolder(path.resolve(cwd, file))) {
      const reason = `its name ends in none of ${configEndings.join(", ")}`;
      return refused([configUnreadable(undefined, { file, reason })], [path.resolve(cwd, file)]);
    }
    found = file === undefined ? findConfig(cwd) : path.resolve(cwd, file);
    if (found === undefined) return { ok: true, config: {}, folder: cwd, dependencies: [] };
    const others = file === undefined ? otherConfigs(found) : [];
    return await readConfig(found, displayPath(cwd, found), others);
  } catch (error) {
    // A search ends at a file that can't be read.
    const wrong = found ?? (error as NodeJS.ErrnoException).path ?? cwd;
    const reason = describeFileError(error);
    return refused([configUnreadable(undefined, { file: displayPath(cwd, wrong), reason })], [wrong]);
  }
}

function isFolder(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

function refused(
  diagnostics: readonly Diagnostic[],
  dependencies: readonly string[],
  sources: readonly Source[] = [],
): LoadedConfig {
  return { ok: false, diagnostics, sources, dependencies: [...new Set(dependencies)] };
}

/** Reads and checks the config in a file, absolute, that messages call `name`. */
async function readConfig(file: string, name: string, others: readonly string[]): Promise<LoadedConfig> {
  const text = readConfigText(file);
  const sources = [{ path: name, text }];
  if (text.trim() === "") return refused([configUnreadable(undefined, { file: name, reason: "it is empty" })], [file]);
  // Before it is run, if it is one that runs.
  if (others.length > 0) return refused([configAmbiguous(undefined, { found: name, others })], [file], sources);
  const read = file.endsWith(".json") ? readJson(file, name, text) : await readScript(file, name, text);
  const dependencies = [...new Set([file, ...read.dependencies])];
  if (read.diagnostics.length > 0) return refused(read.diagnostics, dependencies, sources);
  const places = file.endsWith(".json")
    ? jsonConfigText(name, text, isManifest(file) ? [configField] : [])
    : scriptConfigText(name, text);
  const checked = validateConfig(read.value, places);
  if (checked.diagnostics.length > 0) return refused(checked.diagnostics, dependencies, sources);
  return { ok: true, config: checked.value, path: file, folder: path.dirname(file), dependencies };
}

/** The value of a config; it means nothing where there are errors. */
interface ReadConfig {
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  readonly dependencies: readonly string[];
}

function readJson(file: string, name: string, text: string): ReadConfig {
  const inPackage = isManifest(file);
  const { value, diagnostics } = parseJsonConfig(name, text, inPackage);
  return { value: inPackage ? fieldOf(value) : value, diagnostics, dependencies: [] };
}

async function readScript(file: string, name: string, text: string): Promise<ReadConfig> {
  try {
    const { exported, dependencies } = await runConfigScript(file, text);
    const diagnostics = exported.length === 0 ? [configNotExported(undefined, { file: name })] : [];
    return { value: exported[0], diagnostics, dependencies };
  } catch (error) {
    const diagnostics = [scriptFailure(file, name, text, error)];
    return { value: undefined, diagnostics, dependencies: [] };
  }
}

/** A thrown value in one line, with the line of the config that it comes from where there is one. */
function scriptFailure(file: string, name: string, text: string, error: unknown): Diagnostic {
  const { message, stack } = describeThrown(error);
  const [first = ""] = message.split("\n");
  const reason = shorten(first.replace(/^ParseError: */, "").trim(), 300);
  const at = stack.indexOf(`${file}:`);
  const line = at < 0 ? NaN : Number.parseInt(stack.slice(at + file.length + 1), 10);
  const lines = text.split("\n");
  const marked = lines[line - 1];
  if (marked === undefined || marked.trim() === "") return configFailed(undefined, { file: name, reason });
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const span = { file: name, start: start + marked.search(/\S/), end: start + marked.trimEnd().length };
  return configFailed(span, { file: name, reason });
}

/** What a thrown value says of itself; it may be anything, and answer nothing. */
function describeThrown(error: unknown): { readonly message: string; readonly stack: string } {
  try {
    if (!(error instanceof Error)) return { message: `it throws ${describeValue(error)}`, stack: "" };
    const { message, stack } = error;
    return { message: String(message), stack: String(stack ?? "").replaceAll("file://", "") };
  } catch {
    return { message: "it throws something that can't be looked at", stack: "" };
  }
}
