import path from "node:path";
import { parseJsonConfig } from "../../config/parse-json-config.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { isObject } from "../../json/is-object.ts";
import { addScripts, replaceScript } from "./add-scripts.ts";
import { callLine, tscLine } from "./call-lines.ts";
import { addVitePlugin, bundlers, pluginLine, viteConfig, viteConfigs, type Bundler } from "./bundlers.ts";
import { commitFiles, type FileToWrite } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import { describeFileError } from "../../node/file-error.ts";
import {
  bundlerScripts,
  configTemplates,
  exampleModel,
  exampleNames,
  exampleWeights,
  scripts,
  withOptions,
} from "./init-templates.ts";
import { packageTypeOf } from "../../node/package-type.ts";
import type { ModuleKind } from "../../targets/module-kinds.ts";
import { configField, configNames } from "../../node/find-config.ts";
import { configUnreadable } from "../../node/load-config.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { maxConfigBytes } from "../../node/limits.ts";

/** What `layerc init` does with one file. */
interface FileOutcome {
  readonly path: string;
  readonly state: "written" | "changed" | "kept" | "missing";
  /** Behind the name, for people: `exists already`. */
  readonly note: string;
  readonly content?: Uint8Array;
}

const keptNote = "exists already and stays as it is";

/**
 * `layerc init`: a commented config, an example model and npm scripts. Whatever exists stays as it is; package.json gets
 * scripts that it doesn't have, and keeps its formatting.
 */
export async function initProject(environment: Environment): Promise<Outcome> {
  const { cwd, files } = environment;
  const exists = (name: string): boolean => files.kind(path.join(cwd, name)) !== undefined;
  try {
    const manifest = readManifest(environment);
    if (manifest.problems.length > 0) {
      return { ...stopped(manifest.problems, { files: [] }), sources: manifest.sources };
    }
    const project = describeProject(manifest, environment, exists);
    const steps = [
      configStep(manifest, project, exists),
      ...exampleSteps(project, exists),
      ...pluginSteps(project, environment, exists),
      scriptsStep(manifest, project),
    ];
    const toWrite = steps.filter((step): step is FileOutcome & FileToWrite => step.content !== undefined);
    const failure = await commitFiles(toWrite, cwd, files);
    if (failure !== undefined) return stopped([failure], { files: [] });
    const width = Math.max(...steps.map((step) => step.path.length));
    const lines = steps.map((step) => `${step.path.padEnd(width)}  ${visibleText(step.note)}\n`);
    return {
      ...stopped([], { files: steps.map(({ path: name, state }) => ({ path: name, state })) }),
      text: `${lines.join("")}\n${nextLines(manifest, project, readTsconfig(environment))}`,
    };
  } catch (error) {
    const reason = describeFileError(error);
    return stopped([configUnreadable(undefined, { file: "package.json", reason })], { files: [] });
  }
}

/** The package.json of the working folder, as far as `init` asks for it. */
interface Manifest {
  /** Absent when there is none. */
  readonly text?: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly problems: readonly Diagnostic[];
  readonly sources: Outcome["sources"];
}

function readManifest({ cwd, files }: Environment): Manifest {
  const file = path.join(cwd, "package.json");
  if (files.kind(file) === undefined) return { fields: {}, problems: [], sources: [] };
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(files.read(file, maxConfigBytes));
  const bare = text.replace(/^\uFEFF/, "");
  const { value, diagnostics } = parseJsonConfig("package.json", bare, true);
  const reason = "it is not an object";
  const problems =
    isObject(value) || diagnostics.length > 0
      ? diagnostics
      : [configUnreadable(undefined, { file: "package.json", reason })];
  const fields = isObject(value) ? value : {};
  return { text, fields, problems, sources: [{ path: "package.json", text: bare }] };
}

function readTsconfig({ cwd, files }: Environment): string | undefined {
  const file = path.join(cwd, "tsconfig.json");
  return files.kind(file) === "file" ? new TextDecoder().decode(files.read(file, maxConfigBytes)) : undefined;
}

/** What is asked of a project to know how its models are built. */
interface Project {
  readonly usesTypeScript: boolean;
  readonly bundler: Bundler | undefined;
  /** Where the example goes, seen from the working folder. */
  readonly folder: "models" | "src/models";
  /** What its module ends in; where a bundler builds it, there is none. */
  readonly emit: ModuleKind;
  /** What the config ends in: TypeScript too takes an ES module for one by its ending alone, where the package says nothing. */
  readonly config: keyof typeof configTemplates;
  /** Whether the package says that its files are ES modules. */
  readonly isModule: boolean;
}

function describeProject({ fields }: Manifest, environment: Environment, exists: (name: string) => boolean): Project {
  const usesTypeScript = exists("tsconfig.json") || depends(fields, "typescript");
  const bundler = bundlers.find(({ dependency }) => depends(fields, dependency));
  const type = packageTypeOf(environment.cwd, environment.files)?.type;
  const isModule = type === "module";
  return {
    usesTypeScript,
    bundler,
    folder: bundler !== undefined && exists("src") ? "src/models" : "models",
    emit: usesTypeScript ? (isModule ? "ts" : "mts") : scriptKinds[type ?? "none"],
    config: !usesTypeScript ? "layerc.config.mjs" : isModule ? "layerc.config.ts" : "layerc.config.mts",
    isModule,
  };
}

/** JavaScript that every Node takes from the files of such a package, in the way that is usual in them. */
const scriptKinds = { module: "js", commonjs: "cjs", none: "mjs" } as const;

function configStep(
  { fields }: Manifest,
  { bundler, folder, emit, config: name }: Project,
  exists: (name: string) => boolean,
): FileOutcome {
  const existing = configNames.find(exists);
  if (existing !== undefined) return { path: existing, state: "kept", note: keptNote };
  if (Object.hasOwn(fields, configField)) {
    return { path: "package.json", state: "kept", note: `has the config in its field "${configField}"` };
  }
  // A bundler's project has "moduleResolution": "bundler", with which declarations of this name need no other setting.
  const values = bundler !== undefined ? { types: "layers.d.ts" } : emit === "ts" ? {} : { emit };
  // All that the bundler may import; models/ where there is no src/.
  const text = withOptions(configTemplates[name], values).replace('["models/', `["${folder.replace(/\/.*/, "")}/`);
  return written(name, new TextEncoder().encode(text));
}

/** The plugin in the config of Vite, where that is sure to be right; else what to write. */
function pluginSteps(
  { bundler, usesTypeScript, isModule }: Project,
  { cwd, files }: Environment,
  exists: (name: string) => boolean,
): readonly FileOutcome[] {
  if (bundler?.name !== "vite") return [];
  const name = viteConfigs.find(exists);
  if (name === undefined) {
    const ending = !usesTypeScript ? "mjs" : isModule ? "ts" : "mts";
    return [written(`vite.config.${ending}`, new TextEncoder().encode(viteConfig))];
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(files.read(path.join(cwd, name), maxConfigBytes));
  if (text.includes("layerc/vite")) return [{ path: name, state: "kept", note: "has the plugin already" }];
  const changed = addVitePlugin(text);
  if (changed === undefined)
    return [{ path: name, state: "kept", note: `stays: write ${pluginLine(bundler, isModule)}` }];
  return [{ path: name, state: "changed", note: "has the plugin", content: new TextEncoder().encode(changed) }];
}

/** Both files of the example or none of them: each is made for the other. */
function exampleSteps({ folder, emit }: Project, exists: (name: string) => boolean): readonly FileOutcome[] {
  const [model, weights] = exampleNames.map((name) => `${folder}/${name}`) as [string, string];
  const all = [model, weights, `${folder}/xor.${emit}`];
  if (all.some(exists)) {
    return [model, weights].map((one) => ({
      path: one,
      state: exists(one) ? "kept" : "missing",
      note: exists(one) ? keptNote : `is not written, because ${all.find(exists)} exists already`,
    }));
  }
  return [written(model, new TextEncoder().encode(exampleModel)), written(weights, exampleWeights())];
}

/** The builds of Vite's templates for TypeScript; in them tsc runs before the plugin writes what it needs. */
const templateBuilds = ["tsc && vite build", "tsc -b && vite build"];

function scriptsStep({ text, fields }: Manifest, { bundler }: Project): FileOutcome {
  const name = "package.json";
  const wanted = bundler === undefined ? scripts : bundlerScripts;
  const all = Object.entries(wanted).map(([script, command]) => `"${script}": "${command}"`);
  if (text === undefined) {
    return { path: name, state: "missing", note: "is not here, so no scripts are added" };
  }
  const existing = fields["scripts"] ?? {};
  if (fields["scripts"] === null || typeof existing !== "object" || Array.isArray(existing)) {
    return { path: name, state: "kept", note: `has no object in "scripts": add ${all.join(" and ")} to it` };
  }
  const made = addScripts(text, existing as Readonly<Record<string, unknown>>, wanted);
  const changed = replaceScript(made.text, "build", templateBuilds, (old) => `layerc types && ${old}`);
  const build = changed === made.text ? [] : ['runs layerc types in "build", before tsc'];
  const keeps = made.kept.length === 0 ? "" : `has ${quoted(made.kept)} already, left as written`;
  if (changed === text) return { path: name, state: "kept", note: keeps };
  const added =
    made.added.length === 0
      ? []
      : [`has the new ${made.added.length === 1 ? "script" : "scripts"} ${quoted(made.added)}`];
  return {
    path: name,
    state: "changed",
    note: [...added, ...build, ...(keeps === "" ? [] : [keeps])].join("; "),
    content: new TextEncoder().encode(changed),
  };
}

function nextLines(
  { text, fields }: Manifest,
  { bundler, folder, emit, isModule }: Project,
  tsconfig: string | undefined,
): string {
  const call = `${callLine(`./${folder}/xor.${emit}`, emit)}${tscLine(emit, tsconfig)}`;
  if (text === undefined) {
    return `Build the models with: npx layerc build
${call}For npm scripts, make a package.json with npm init and run layerc init again.\n`;
  }
  const install = depends(fields, "layerc")
    ? ""
    : // It is on no registry yet, where its name might be that of another package one day.
      "Install layerc in the project: npm install --save-dev and the path of its package, which npm pack makes in a clone\n";
  if (bundler === undefined) return `${install}Build the models with: npm run build:models\n${call}`;
  const plugin =
    bundler.name === "vite" ? "" : `In the config of ${bundler.title} write ${pluginLine(bundler, isModule)}\n`;
  const types = "Tell TypeScript of the models with: npm run types:models\n";
  return `${install}${plugin}${types}${callLine("./models/xor.layers", undefined)}`;
}

function written(name: string, content: Uint8Array): FileOutcome {
  return { path: name, state: "written", note: "written", content };
}

function depends(fields: Readonly<Record<string, unknown>>, name: string): boolean {
  return ["dependencies", "devDependencies"].some((kind) => Object.hasOwn((fields[kind] as object | null) ?? {}, name));
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(" and ");
}
