import { createHash } from "node:crypto";
import path from "node:path";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { hasErrors, type Checked } from "../../diagnostics/diagnostic.ts";
import type { Host } from "../../load/host.ts";
import type { Environment } from "../../node/environment.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { displayPath } from "../../node/paths.ts";
import { outputUnwritable, planFiles, type Output, type PlacedFile } from "../../node/plan-files.ts";
import { readQuietly } from "../../node/read-quietly.ts";
import type { Outcome } from "../report/outcome.ts";

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

/** What an import writes: a model file, and the weights that it names if it has any. */
export interface ImportedFiles {
  /** What the files are called: `digits`. */
  readonly stem: string;
  readonly source: string;
  readonly weights?: (metadata: Readonly<Record<string, string>>) => Uint8Array;
}

/**
 * Where the files go and whether that would change the disk; refuses to replace what is not an import's own, which only the
 * weights beside it tell of a model file.
 */
export async function planImport(
  { stem, source: model, weights: weightsOf }: ImportedFiles,
  { source, folder, force }: { readonly source: string; readonly folder: string; readonly force: boolean },
  { cwd, files }: Environment,
): Promise<Checked<readonly Output[]>> {
  const text = new TextEncoder().encode(model);
  const modelPath = displayPath(cwd, path.join(folder, `${stem}.layers`));
  const placed: PlacedFile[] = [{ source, path: modelPath, content: text }];
  let isUnchanged = false;
  if (weightsOf !== undefined) {
    const { importHash, importMetadata } = await import("../../weights/import-mark.ts");
    const { sealed } = await import("../../files/sealed-safetensors.ts");
    const weightsPath = displayPath(cwd, path.join(folder, `${stem}.safetensors`));
    placed.push({ source, path: weightsPath, content: sealed(weightsOf(importMetadata(hashOf(text)))) });
    const existing = (file: string): Uint8Array | undefined => readQuietly(path.resolve(cwd, file), files);
    const [oldModel, oldWeights] = [existing(modelPath), existing(weightsPath)];
    // An import wrote both files and nobody has changed one since: the weights have a checksum, and the hash of the model.
    const hash = oldWeights && importHash(oldWeights);
    isUnchanged = hash !== undefined && (oldModel === undefined || hashOf(oldModel) === hash);
  }
  const own = force || isUnchanged;
  return planFiles(placed, { cwd, files }, ({ path: output }, { state }) => {
    if (state === "blocked") return outputUnwritable(undefined, { output, reason: "it is not a file" });
    return state === "stale" && !own ? importOutputExists(undefined, { output }) : undefined;
  });
}

function hashOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Whether a build will take the files, before they are written; what it would say where it would not. */
export async function checkWritten(
  outputs: readonly Output[],
  { cwd, files, loadCompiler }: Environment,
): Promise<Pick<Outcome, "diagnostics" | "sources"> | undefined> {
  const [model, weights] = outputs as readonly [Output, Output?];
  const { check } = await loadCompiler();
  const disk = createNodeHost(cwd, files);
  const isWeights = (file: string): boolean => path.resolve(cwd, file) === path.resolve(cwd, weights?.path ?? "");
  const host: Host = {
    resolve: disk.resolve,
    readText: disk.readText,
    readBytes: async (file, most) =>
      weights !== undefined && isWeights(file) ? { ok: true, content: weights.content } : disk.readBytes(file, most),
  };
  const text = new TextDecoder().decode(model.content);
  const { diagnostics, sources } = await check({ path: model.path, text }, { host });
  return hasErrors(diagnostics) ? { diagnostics, sources } : undefined;
}
