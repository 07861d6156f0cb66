import path from "node:path";
import { parseJsonConfig } from "../../config/parse-json-config.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { addScripts } from "./add-scripts.ts";
import { commitFiles, type FileToWrite } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import { describeFileError } from "../../node/file-error.ts";
import { configTemplates, exampleModel, examplePaths, exampleWeights, scripts } from "./init-templates.ts";
import { configField, configNames, configUnreadable } from "../../node/load-config.ts";
import { stopped, type Outcome } from "../report/outcome.ts";

/** What `layerc init` does with one file. */
interface Step {
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
    const steps = [configStep(manifest, exists), ...exampleSteps(exists), scriptsStep(manifest)];
    const toWrite = steps.filter((step): step is Step & FileToWrite => step.content !== undefined);
    const failure = await commitFiles(toWrite, cwd, files);
    if (failure !== undefined) return stopped([failure], { files: [] });
    const width = Math.max(...steps.map((step) => step.path.length));
    const lines = steps.map((step) => `${step.path.padEnd(width)}  ${visibleText(step.note)}\n`);
    return {
      ...stopped([], { files: steps.map(({ path: name, state }) => ({ path: name, state })) }),
      text: `${lines.join("")}\n${nextLines(manifest)}`,
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
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(files.read(file));
  const bare = text.replace(/^\uFEFF/, "");
  const { value, diagnostics } = parseJsonConfig("package.json", bare, true);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const reason = "it is not an object";
  const problems =
    isObject || diagnostics.length > 0 ? diagnostics : [configUnreadable(undefined, { file: "package.json", reason })];
  const fields = isObject ? (value as Readonly<Record<string, unknown>>) : {};
  return { text, fields, problems, sources: [{ path: "package.json", text: bare }] };
}

function configStep({ fields }: Manifest, exists: (name: string) => boolean): Step {
  const existing = configNames.find(exists);
  if (existing !== undefined) return { path: existing, state: "kept", note: keptNote };
  if (Object.hasOwn(fields, configField)) {
    return { path: "package.json", state: "kept", note: `has the config in its field "${configField}"` };
  }
  const usesTypeScript = exists("tsconfig.json") || depends(fields, "typescript");
  const name = usesTypeScript ? "layerc.config.ts" : "layerc.config.mjs";
  return written(name, new TextEncoder().encode(configTemplates[name]));
}

/** Both files of the example or none of them: each is made for the other. */
function exampleSteps(exists: (name: string) => boolean): readonly Step[] {
  const paths = Object.values(examplePaths);
  const output = examplePaths.model.replace(/\.layers$/, ".ts");
  if ([...paths, output].some(exists)) {
    return paths.map((one) => ({
      path: one,
      state: exists(one) ? "kept" : "missing",
      note: exists(one) ? keptNote : `is not written, because ${[...paths, output].find(exists)} exists already`,
    }));
  }
  return [
    written(examplePaths.model, new TextEncoder().encode(exampleModel)),
    written(examplePaths.weights, exampleWeights()),
  ];
}

function scriptsStep({ text, fields }: Manifest): Step {
  const name = "package.json";
  const all = Object.entries(scripts).map(([script, command]) => `"${script}": "${command}"`);
  if (text === undefined) {
    return { path: name, state: "missing", note: "is not here, so no scripts are added" };
  }
  const existing = fields["scripts"] ?? {};
  if (fields["scripts"] === null || typeof existing !== "object" || Array.isArray(existing)) {
    return { path: name, state: "kept", note: `has no object in "scripts": add ${all.join(" and ")} to it` };
  }
  const made = addScripts(text, existing as Readonly<Record<string, unknown>>, scripts);
  const keeps = made.kept.length === 0 ? "" : `has ${quoted(made.kept)} already, left as written`;
  if (made.added.length === 0) return { path: name, state: "kept", note: keeps };
  const note = `has the new ${made.added.length === 1 ? "script" : "scripts"} ${quoted(made.added)}`;
  return {
    path: name,
    state: "changed",
    note: [note, ...(keeps === "" ? [] : [keeps])].join("; "),
    content: new TextEncoder().encode(made.text),
  };
}

function nextLines({ text, fields }: Manifest): string {
  if (text === undefined) {
    return `Build the models with: npx layerc build
For npm scripts, make a package.json with npm init and run layerc init again.\n`;
  }
  const install = depends(fields, "layerc")
    ? ""
    : "Install layerc in the project with: npm install --save-dev layerc\n";
  return `${install}Build the models with: npm run build:models\n`;
}

function written(name: string, content: Uint8Array): Step {
  return { path: name, state: "written", note: "written", content };
}

function depends(fields: Readonly<Record<string, unknown>>, name: string): boolean {
  return ["dependencies", "devDependencies"].some((kind) => Object.hasOwn((fields[kind] as object | null) ?? {}, name));
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(" and ");
}
