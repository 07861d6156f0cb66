import { createHash } from "node:crypto";
import path from "node:path";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { hasErrors, type Checked, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ImportedModel } from "../../importers/index.ts";
import type { Host } from "../../load/host.ts";
import { modelFiles, modelTools } from "../../model-formats/words.ts";
import { commitFiles } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import { describeFileError } from "../../node/file-error.ts";
import type { FileSystem } from "../../node/file-system.ts";
import { inputMissing } from "../../node/inputs.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { displayPath } from "../../node/paths.ts";
import { readQuietly } from "../../node/read-quietly.ts";
import { outputUnwritable, planFiles, type Output } from "../../node/plan-files.ts";
import { defineCommand } from "../arguments/command.ts";
import type { Invocation } from "../arguments/invocation.ts";
import { fromTable, type OwnOptions } from "../arguments/option.ts";
import { readModelName } from "../arguments/model-name.ts";
import { checkOutDir } from "../arguments/out-dir.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { outputJson, outputLine } from "../report/output-lines.ts";

export const importOutputExists = defineDiagnostic<{ output: string }>(
  "import-output-exists",
  "error",
  "A file that an import did not write, or that was changed since, lies where an imported file would go.",
  ({ output }) => ({
    message: `'${output}' exists and is not as an import wrote it`,
    help: "move it, choose another folder with --out-dir or another name with --name, or replace it with --force",
  }),
  () => ({
    meaning:
      "An import replaces the files of an earlier one as long as nobody has changed them, so that your changes are not lost.",
    example: {
      kind: "command",
      text: "layerc import digits.keras",
      arguments: { output: "digits.layers" },
      mended: "layerc import digits.keras --force",
    },
  }),
);

const argument = {
  kind: "one",
  name: "file",
  description: `a ${modelFiles("or")}, or the folder of a model.json or an unzipped .keras`,
} as const;

const options = {
  outDir: fromTable,
  name: { flag: "--name <name>", description: "the name of the model (default: from the file)" },
  output: {
    flag: "--output <layer>",
    description: "the layer that gives the output, or a tensor of ONNX (default: the last)",
  },
  weights: {
    flag: "--weights <file>",
    description: "the weights of an architecture in JSON (default: a file beside it)",
  },
  force: { flag: "--force", description: "replace files that no import wrote, or that were changed since" },
} as const satisfies OwnOptions;

/** `layerc import`: writes a model file and its weights from a model of another tool; both files or none. */
export const importCommand = defineCommand({
  name: "import",
  description: `write a model of ${modelTools()} as a .layers file and its weights as .safetensors`,
  argument,
  options,
  readsConfig: false,
  run: importFile,
});

const nothing = { outputs: [] };

async function importFile(
  invocation: Invocation<"import", typeof options, typeof argument>,
  environment: Environment,
): Promise<Outcome> {
  const { cwd, files } = environment;
  const { outDir, output, weights, force = false } = invocation;
  const { importModel } = await import("../../importers/index.ts");
  const { value: name, diagnostics: unusableName } = await readModelName(invocation.name);
  if (unusableName.length > 0) return stopped(unusableName, nothing);
  const found = findInput(invocation.file, cwd, files);
  if ("diagnostic" in found) return stopped([found.diagnostic], nothing);
  const unusable = checkOutDir(outDir, cwd, files);
  if (unusable.length > 0) return stopped(unusable, nothing);

  const host = createNodeHost(cwd, files);
  const result = await importModel(found.path, {
    host,
    ...(name === undefined ? {} : { name }),
    ...(output === undefined ? {} : { output }),
    ...(weights === undefined ? {} : { weights: displayPath(cwd, path.resolve(cwd, weights)) }),
  });
  const outcome = { problems: [], diagnostics: result.diagnostics, sources: result.sources, text: "", json: nothing };
  if (result.value === undefined) return outcome;

  const folder = outDir ?? path.dirname(found.path);
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

/** Whether a build will take the two files, before they are written; what it would say where it would not. */
async function checkWritten(
  outputs: readonly Output[],
  { cwd, files, loadCompiler }: Environment,
): Promise<Pick<Outcome, "diagnostics" | "sources"> | undefined> {
  const [model, weights] = outputs as readonly [Output, Output];
  const { check } = await loadCompiler();
  const disk = createNodeHost(cwd, files);
  const isWeights = (file: string): boolean => path.resolve(cwd, file) === path.resolve(cwd, weights.path);
  const host: Host = {
    resolve: disk.resolve,
    readText: disk.readText,
    readBytes: async (file, most) =>
      isWeights(file) ? { ok: true, content: weights.content } : disk.readBytes(file, most),
  };
  const text = new TextDecoder().decode(model.content);
  const { diagnostics, sources } = await check({ path: model.path, text }, { host });
  return hasErrors(diagnostics) ? { diagnostics, sources } : undefined;
}

/** The files that a folder has in place of a model: that of TensorFlow.js, and that of an unzipped `.keras` file. */
const inFolder = ["model.json", "config.json"];

/** The file to import; of a folder, the one in it that says the model. */
function findInput(
  file: string,
  cwd: string,
  files: FileSystem,
): { readonly path: string } | { readonly diagnostic: Diagnostic } {
  try {
    const full = path.resolve(cwd, file);
    const kind = files.kind(full);
    if (kind === undefined) return { diagnostic: inputMissing(undefined, { file, reason: "no such file" }) };
    if (kind !== "folder") return { path: displayPath(cwd, full) };
    const inside = inFolder.map((name) => path.join(full, name)).find((name) => files.kind(name) === "file");
    if (inside !== undefined) return { path: displayPath(cwd, inside) };
    const reason =
      files.kind(path.join(full, "saved_model.pb")) === "file"
        ? "it is a SavedModel of TensorFlow; load it in Keras and save the model as one file: model.save('model.keras')"
        : "it is a folder without a model.json or config.json";
    return { diagnostic: inputMissing(undefined, { file, reason }) };
  } catch (error) {
    return { diagnostic: inputMissing(undefined, { file, reason: describeFileError(error) }) };
  }
}

/** Where the two files go and whether that would change the disk; refuses to replace what is not an import's own. */
async function planImport(
  imported: ImportedModel,
  { source, folder, force }: { readonly source: string; readonly folder: string; readonly force: boolean },
  { cwd, files }: Environment,
): Promise<Checked<readonly Output[]>> {
  const { importHash, importMetadata } = await import("../../weights/import-mark.ts");
  const { sealed } = await import("../../files/sealed-safetensors.ts");
  const text = new TextEncoder().encode(imported.source);
  const model = displayPath(cwd, path.join(folder, `${imported.stem}.layers`));
  const weights = displayPath(cwd, path.join(folder, `${imported.stem}.safetensors`));
  const placed = [
    { source, path: model, content: text },
    { source, path: weights, content: sealed(imported.weights(importMetadata(hashOf(text)))) },
  ];
  const existing = (file: string): Uint8Array | undefined => readQuietly(path.resolve(cwd, file), files);
  const [oldModel, oldWeights] = [existing(model), existing(weights)];
  // An import wrote both files and nobody has changed one since: the weights have a checksum, and the hash of the model.
  const hash = oldWeights && importHash(oldWeights);
  const isUnchanged = hash !== undefined && (oldModel === undefined || hashOf(oldModel) === hash);
  const own = force || isUnchanged;
  return planFiles(placed, { cwd, files }, ({ path: output }, { state }) => {
    if (state === "blocked") return outputUnwritable(undefined, { output, reason: "it is not a file" });
    return state === "stale" && !own ? importOutputExists(undefined, { output }) : undefined;
  });
}

function hashOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
