import fs from "node:fs";
import path from "node:path";
import { lilconfig } from "lilconfig";
import { jsonConfigText, scriptConfigText } from "../config/config-text.ts";
import { describeValue } from "../config/describe-value.ts";
import { parseJsonConfig } from "../config/parse-json-config.ts";
import { validateConfig } from "../config/validate-config.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Source } from "../syntax/source.ts";
import { describeFileError } from "./file-error.ts";
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
  ({ file, reason }) => ({ message: `The config '${file}' fails: ${reason}` }),
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

export const configField = "layerc";

/** The names of config files, in the order they are looked for; after them comes package.json. */
export const configNames = ["ts", "mts", "js", "mjs", "json"].map((extension) => `layerc.config.${extension}`);

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
  const found = { path: file === undefined ? undefined : path.resolve(cwd, file) };
  const noted: Noted = { diagnostics: [], sources: [], dependencies: [], contents: new Map() };
  const failed = (...diagnostics: readonly Diagnostic[]): LoadedConfig => ({
    ok: false,
    diagnostics,
    sources: noted.sources,
    dependencies: [...new Set([...(found.path === undefined ? [] : [found.path]), ...noted.dependencies])],
  });
  const loader = createLoader(cwd, noted, (reading) => (found.path = reading));
  const extensions = [".ts", ".mts", ".js", ".mjs", ".json"];
  const search = lilconfig(configField, {
    searchPlaces: [...configNames, "package.json"],
    stopDir: packageFolder(cwd),
    packageProp: configField,
    ignoreEmptySearchPlaces: false,
    cache: false,
    loaders: Object.fromEntries([...extensions, ".cjs", "noExt"].map((extension) => [extension, loader])),
  });

  try {
    if (file !== undefined && fs.statSync(found.path ?? "", { throwIfNoEntry: false })?.isDirectory() === true) {
      return failed(configUnreadable(undefined, { file, reason: "is a folder" }));
    }
    if (file !== undefined && !extensions.includes(path.extname(file))) {
      return failed(configUnreadable(undefined, { file, reason: `its name ends in none of ${extensions.join(", ")}` }));
    }
    const result = file === undefined ? await search.search(cwd) : await search.load(path.resolve(cwd, file));
    if (result === null) return { ok: true, config: {}, folder: cwd, dependencies: [] };
    found.path = result.filepath;
    const folder = path.dirname(result.filepath);
    const name = displayPath(cwd, result.filepath);
    if (result.isEmpty === true) return failed(configUnreadable(undefined, { file: name, reason: "it is empty" }));
    if (noted.diagnostics.length > 0) return failed(...noted.diagnostics);
    const others = file === undefined ? otherConfigs(result.filepath) : [];
    if (others.length > 0) return failed(configAmbiguous(undefined, { found: name, others }));

    const isPackage = path.basename(result.filepath) === "package.json";
    const text = noted.contents.get(result.filepath) ?? "";
    if (noted.sources.length === 0) noted.sources.push({ path: name, text });
    const places = result.filepath.endsWith(".json")
      ? jsonConfigText(name, text, isPackage ? [configField] : [])
      : scriptConfigText(name, text);
    const checked = validateConfig(result.config, places);
    if (checked.diagnostics.length > 0) return failed(...checked.diagnostics);
    const dependencies = [...new Set([result.filepath, ...noted.dependencies])];
    return { ok: true, config: checked.value, path: result.filepath, folder, dependencies };
  } catch (error) {
    // Node doesn't say which file was read when it is a folder.
    const name = displayPath(cwd, (error as NodeJS.ErrnoException).path ?? found.path ?? firstConfig(cwd));
    return failed(configUnreadable(undefined, { file: name, reason: describeFileError(error) }));
  }
}

/** What loading a config finds out beside its value. */
interface Noted {
  readonly diagnostics: Diagnostic[];
  readonly sources: Source[];
  readonly dependencies: string[];
  readonly contents: Map<string, string>;
}

function createLoader(cwd: string, noted: Noted, reading: (file: string) => void) {
  return async (file: string, content: string): Promise<unknown> => {
    reading(file);
    const name = displayPath(cwd, file);
    const text = content.replace(/^\uFEFF/, "");
    noted.contents.set(file, text);
    if (file.endsWith(".json")) {
      const isPackage = path.basename(file) === "package.json";
      const { value, diagnostics } = parseJsonConfig(name, text, isPackage);
      const broken = isPackage && (typeof value !== "object" || value === null || !(configField in value));
      // A package.json without a config is npm's affair.
      if (broken) return {};
      noted.diagnostics.push(...diagnostics);
      noted.sources.push({ path: name, text });
      return value;
    }
    noted.sources.push({ path: name, text });
    try {
      const { exported, dependencies } = await runConfigScript(file, text);
      noted.dependencies.push(...dependencies);
      if (exported.length === 0) noted.diagnostics.push(configNotExported(undefined, { file: name }));
      // A promise is fine too, and may fail.
      return await exported[0];
    } catch (error) {
      noted.diagnostics.push(scriptFailure(file, name, text, error));
      return {};
    }
  };
}

/** A thrown value in one line, with the line of the config that it comes from where there is one. */
function scriptFailure(file: string, name: string, text: string, error: unknown): Diagnostic {
  const [first = ""] = (error instanceof Error ? error.message : `it throws ${describeValue(error)}`).split("\n");
  const reason = first.replace(/^ParseError: */, "").trim();
  const stack = error instanceof Error ? (error.stack ?? "").replaceAll("file://", "") : "";
  const at = stack.indexOf(`${file}:`);
  const line = at < 0 ? NaN : Number.parseInt(stack.slice(at + file.length + 1), 10);
  const lines = text.split("\n");
  const marked = lines[line - 1];
  if (marked === undefined || marked.trim() === "") return configFailed(undefined, { file: name, reason });
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const span = { file: name, start: start + marked.search(/\S/), end: start + marked.trimEnd().length };
  return configFailed(span, { file: name, reason });
}

/** The config that a search would find first, whatever lies there. */
function firstConfig(cwd: string): string {
  const end = packageFolder(cwd);
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    const name = [...configNames, "package.json"].find((one) => fs.existsSync(path.join(folder, one)));
    if (name !== undefined) return path.join(folder, name);
    if (folder === end) return cwd;
  }
}

/** The other configs in the folder of one, as they are to be named. */
function otherConfigs(file: string): readonly string[] {
  const folder = path.dirname(file);
  // What tsc made of a config is not another one.
  const own = [path.basename(file), path.basename(file).replace(/ts$/, "js")];
  const names = configNames.filter((name) => !own.includes(name) && fs.existsSync(path.join(folder, name)));
  const others = names.map((name) => `'${name}'`);
  const manifest = path.join(folder, "package.json");
  if (path.basename(file) === "package.json" || !fs.existsSync(manifest)) return others;
  const { value } = parseJsonConfig(manifest, fs.readFileSync(manifest, "utf8"), true);
  const hasField = typeof value === "object" && value !== null && configField in value;
  return hasField ? [...others, `the field '${configField}' of package.json`] : others;
}

/** The nearest folder with a package.json, where the search ends, or the root of the disk. */
function packageFolder(cwd: string): string {
  let folder = path.resolve(cwd);
  while (!fs.existsSync(path.join(folder, "package.json")) && folder !== path.dirname(folder)) {
    folder = path.dirname(folder);
  }
  return folder;
}
