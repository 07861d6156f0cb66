import path from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { isScript } from "../../model-formats/file-names.ts";
import { modelFiles, modelTools } from "../../model-formats/words.ts";
import { commitFiles } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { displayPath } from "../../node/paths.ts";
import type { Source } from "../../syntax/source.ts";
import { defineCommand } from "../arguments/command.ts";
import type { Invocation } from "../arguments/invocation.ts";
import { fromTable, type OwnOptions } from "../arguments/option.ts";
import { readModelName } from "../arguments/model-name.ts";
import { checkOutDir } from "../arguments/out-dir.ts";
import { wrongUsage } from "../arguments/wrong-usage.ts";
import { findImport } from "../import/find-import.ts";
import { checkWritten, planImport, type ImportedFiles } from "../import/plan-import.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { outputJson, outputLine } from "../report/output-lines.ts";

const argument = {
  kind: "one",
  name: "file",
  description: `a ${modelFiles("or")}, the folder of a model.json or an unzipped .keras, or a script of Keras (.py, .ipynb, - for standard input)`,
} as const;

const options = {
  outDir: fromTable,
  name: { flag: "--name <name>", description: "the name of the model (default: from the file)" },
  output: {
    flag: "--output <layer>",
    description: "the layer that gives the output, or a tensor of ONNX (default: the last)",
  },
  model: {
    flag: "--model <variable>",
    description: "the variable of a script that holds the model, where it makes several",
  },
  weights: {
    flag: "--weights <file>",
    description: "the weights of an architecture in JSON (default: a file beside it)",
  },
  force: { flag: "--force", description: "replace files that no import wrote, or that were changed since" },
} as const satisfies OwnOptions;

/**
 * `layerc import`: writes a model file and its weights from a model of another tool, both files or none; from a script the model
 * file alone.
 */
export const importCommand = defineCommand({
  name: "import",
  description: `write a model of ${modelTools()} as a .layers file and its weights as .safetensors, or the one that a script of Keras makes`,
  argument,
  options,
  readsConfig: false,
  run: importFile,
});

const nothing = { outputs: [] };

/** A model to be written, and what is said of the file that it comes from. */
interface Imported {
  readonly value?: ImportedFiles & { readonly name: string };
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
}

type ImportInvocation = Invocation<"import", typeof options, typeof argument>;

async function importFile(invocation: ImportInvocation, environment: Environment): Promise<Outcome> {
  const { cwd, files } = environment;
  const { outDir, force = false } = invocation;
  const { value: name, diagnostics: unusableName } = await readModelName(invocation.name);
  if (unusableName.length > 0) return stopped(unusableName, nothing);
  const isStdin = invocation.file === "-";
  const found = isStdin ? { path: "<stdin>" } : findImport(invocation.file, cwd, files);
  if ("diagnostic" in found) return stopped([found.diagnostic], nothing);
  const unusable = checkOutDir(outDir, cwd, files);
  if (unusable.length > 0) return stopped(unusable, nothing);
  const result =
    isStdin || isScript(found.path)
      ? await importScriptFile(found.path, name, invocation, environment)
      : await importModelFile(found.path, name, invocation, environment);
  if ("problem" in result) return stopped([result.problem], nothing);
  const outcome = { problems: [], diagnostics: result.diagnostics, sources: result.sources, text: "", json: nothing };
  if (result.value === undefined) return outcome;

  const folder = outDir ?? (isStdin ? "." : path.dirname(found.path));
  const planned = await planImport(result.value, { source: found.path, folder, force }, environment);
  if (planned.diagnostics.length > 0) return { ...outcome, problems: planned.diagnostics };
  const wrong = await checkWritten(planned.value, environment);
  if (wrong !== undefined) return { ...outcome, ...wrong };
  const failure = await commitFiles(
    planned.value.filter(({ state }) => state !== "current"),
    cwd,
    files,
  );
  if (failure !== undefined) return { ...outcome, problems: [failure] };
  return {
    ...outcome,
    text: planned.value.map((output) => outputLine(output)).join(""),
    json: { model: result.value.name, outputs: planned.value.map(outputJson) },
  };
}

/** The model in a file of another tool, with its weights. */
async function importModelFile(
  file: string,
  name: string | undefined,
  { output, weights, model }: ImportInvocation,
  { cwd, files }: Environment,
): Promise<Imported | { readonly problem: Diagnostic }> {
  if (model !== undefined) {
    const message = `--model chooses a variable of a script, and '${file}' is a model`;
    return { problem: wrongUsage(undefined, { message, help: "leave it out" }) };
  }
  const { importModel } = await import("../../importers/index.ts");
  return importModel(file, {
    host: createNodeHost(cwd, files),
    ...(name === undefined ? {} : { name }),
    ...(output === undefined ? {} : { output }),
    ...(weights === undefined ? {} : { weights: displayPath(cwd, path.resolve(cwd, weights)) }),
  });
}

/** The model that a script makes, without weights. */
async function importScriptFile(
  file: string,
  name: string | undefined,
  { output, weights, model }: ImportInvocation,
  { cwd, files, readInput }: Environment,
): Promise<Imported | { readonly problem: Diagnostic }> {
  if (weights !== undefined) {
    const message = `--weights goes with an architecture in JSON, and '${file}' is a script`;
    const help = `write the clause weights ${JSON.stringify(weights)} into the model`;
    return { problem: wrongUsage(undefined, { message, help }) };
  }
  const { importScript } = await import("../../importers/index.ts");
  const { maxTextBytes } = await import("../../node/limits.ts");
  const content =
    file === "<stdin>"
      ? ({ ok: true, content: (await readInput?.()) ?? new Uint8Array() } as const)
      : await createNodeHost(cwd, files).readBytes(file, maxTextBytes);
  const { unreadText } = await import("../../node/load-sources.ts");
  if (!content.ok) return { problem: unreadText(file, content.reason) };
  return importScript(content.content, file, {
    ...(name === undefined ? {} : { name }),
    ...(model === undefined ? {} : { model }),
    ...(output === undefined ? {} : { output }),
  });
}
