import { createHash } from "node:crypto";
import path from "node:path";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { importModel, isModelName, type ImportedModel } from "../../importers/index.ts";
import { commitFiles } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import { describeFileError } from "../../node/file-error.ts";
import type { FileSystem } from "../../node/file-system.ts";
import { formatBytes } from "../report/format-bytes.ts";
import { inputMissing } from "../../node/inputs.ts";
import type { ImportInvocation } from "../arguments/invocation.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { checkOutDir } from "../arguments/out-dir.ts";
import { outputUnwritable } from "../../node/outputs.ts";
import { displayPath } from "../../node/paths.ts";

export const importName = defineDiagnostic<{ name: string }>(
  "import-name",
  "error",
  "The name given with --name can't be that of a model.",
  ({ name }) => ({
    message: `--name '${name}' can't be the name of a model`,
    help: "give a letter, then letters, digits and '_', and no name that is built in or taken in JavaScript",
  }),
);

export const importOutputExists = defineDiagnostic<{ output: string }>(
  "import-output-exists",
  "error",
  "A file that an import did not write, or that was changed since, lies where an imported file would go.",
  ({ output }) => ({
    message: `'${output}' exists and is not as an import wrote it`,
    help: "move it, choose another folder with --out-dir or another name with --name, or replace it with --force",
  }),
);

interface Output {
  readonly path: string;
  readonly content: Uint8Array;
  readonly state: "missing" | "stale" | "current";
}

/** `layerc import`: writes a model file and its weights from a model of Keras or TensorFlow.js; both files or none. */
export async function importFile(invocation: ImportInvocation, environment: Environment): Promise<Outcome> {
  const { cwd, files } = environment;
  const { outDir, force = false } = invocation;
  const nothing = { outputs: [] };
  const name = invocation.name === undefined ? undefined : capitalized(invocation.name);
  if (name !== undefined && !isModelName(name)) {
    return stopped([importName(undefined, { name: invocation.name ?? "" })], nothing);
  }
  const found = findInput(invocation.file, cwd, files);
  if ("diagnostic" in found) return stopped([found.diagnostic], nothing);
  const unusable = checkOutDir(outDir, cwd, files);
  if (unusable.length > 0) return stopped(unusable, nothing);

  const host = createNodeHost(cwd, files);
  const result = await importModel(found.path, { host, ...(name === undefined ? {} : { name }) });
  const outcome = { problems: [], diagnostics: result.diagnostics, sources: result.sources, text: "", json: nothing };
  if (result.value === undefined) return outcome;

  const folder = outDir ?? path.dirname(found.path);
  const planned = planOutputs(result.value, folder, force, cwd, files);
  if (planned.diagnostics.length > 0) return { ...outcome, problems: planned.diagnostics };
  const failure = await commitFiles(
    planned.outputs.filter(({ state }) => state !== "current"),
    cwd,
    files,
  );
  if (failure !== undefined) return { ...outcome, problems: [failure] };
  const source = displayPath(cwd, found.path);
  return {
    ...outcome,
    text: planned.outputs.map((output) => importedLine(source, output)).join(""),
    json: {
      model: result.value.name,
      outputs: planned.outputs.map((output) => ({
        source,
        path: output.path,
        bytes: output.content.length,
        state: output.state,
      })),
    },
  };
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The file to import; of a folder, its `model.json`. */
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
    const inside = path.join(full, "model.json");
    if (files.kind(inside) === "file") return { path: displayPath(cwd, inside) };
    return { diagnostic: inputMissing(undefined, { file, reason: "it is a folder without a model.json" }) };
  } catch (error) {
    return { diagnostic: inputMissing(undefined, { file, reason: describeFileError(error) }) };
  }
}

/** The key of the weight file's metadata that holds the hash of the model file it was written with. */
const hashKey = "layerc-import";

/** Where the two files go and whether that would change the disk; refuses to replace what is not an import's own. */
function planOutputs(
  imported: ImportedModel,
  folder: string,
  force: boolean,
  cwd: string,
  files: FileSystem,
): { readonly outputs: readonly Output[]; readonly diagnostics: readonly Diagnostic[] } {
  const text = new TextEncoder().encode(imported.source);
  const contents = [
    { path: displayPath(cwd, path.join(folder, `${imported.stem}.layers`)), content: text },
    {
      path: displayPath(cwd, path.join(folder, `${imported.stem}.safetensors`)),
      content: imported.weights({ [hashKey]: hashOf(text) }),
    },
  ];
  const diagnostics: Diagnostic[] = [];
  const existing = contents.map((output) => {
    try {
      const full = path.resolve(cwd, output.path);
      const kind = files.kind(full);
      if (kind === undefined) return undefined;
      if (kind === "file") return files.read(full);
      diagnostics.push(outputUnwritable(undefined, { output: output.path, reason: "it is not a file" }));
    } catch (error) {
      diagnostics.push(outputUnwritable(undefined, { output: output.path, reason: describeFileError(error) }));
    }
    return undefined;
  });
  const own = force || isUnchangedImport(existing[0], existing[1]);
  const outputs = contents.map((output, at): Output => {
    const found = existing[at];
    if (found === undefined) return { ...output, state: "missing" };
    if (Buffer.compare(found, output.content) === 0) return { ...output, state: "current" };
    if (!own) diagnostics.push(importOutputExists(undefined, { output: output.path }));
    return { ...output, state: "stale" };
  });
  return { outputs, diagnostics };
}

/** Whether an import wrote both files and nobody has changed the model since: its hash is in the metadata of the weights. */
function isUnchangedImport(model: Uint8Array | undefined, weights: Uint8Array | undefined): boolean {
  if (weights === undefined) return false;
  const header = new TextDecoder().decode(weights.subarray(8, 512));
  const hash = new RegExp(`^\\{"__metadata__":\\{"${hashKey}":"([0-9a-f]{64})"`).exec(header)?.[1];
  return hash !== undefined && (model === undefined || hashOf(model) === hash);
}

function hashOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** `digits.keras -> digits.layers  412 B` */
function importedLine(source: string, { path: output, content, state }: Output): string {
  const note = state === "current" ? " (unchanged)" : "";
  return `${visibleText(source)} -> ${visibleText(output)}  ${formatBytes(content.length)}${note}\n`;
}
