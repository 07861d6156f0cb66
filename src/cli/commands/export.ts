import { defineDiagnostic } from "../../diagnostics/define.ts";
import { hasErrors, type Checked } from "../../diagnostics/diagnostic.ts";
import type { ExportPrecision } from "../../exporters/onnx/export-onnx.ts";
import type { ExportFormat, ExportResult } from "../../export.ts";
import { commitFiles } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import { findInputs, type Input } from "../../node/inputs.ts";
import { loadSources } from "../../node/load-sources.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { outputIsInput, placeFiles } from "../../node/outputs.ts";
import { findSharedPlaces, planFiles, type Output } from "../../node/plan-files.ts";
import { defineCommand } from "../arguments/command.ts";
import type { Invocation } from "../arguments/invocation.ts";
import { fromTable, type OwnOptions } from "../arguments/option.ts";
import { checkOutDir } from "../arguments/out-dir.ts";
import { gatherDiagnostics, gatherSources } from "../report/gather-diagnostics.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { outputJson, outputLine } from "../report/output-lines.ts";

export const exportWouldReplace = defineDiagnostic<{ output: string }>(
  "export-would-replace",
  "error",
  "A file with other content lies where an export would go.",
  ({ output }) => ({
    message: `'${output}' exists with other content`,
    help: "replace it with --force, or choose another folder with --out-dir",
  }),
  () => ({
    meaning:
      "Exported files have no mark that says who wrote them, so a file with other content is replaced only on demand.",
    example: {
      kind: "command",
      text: "layerc export digits.layers --format onnx",
      arguments: { output: "digits.onnx" },
      mended: "layerc export digits.layers --format onnx --force",
    },
  }),
);

const options = {
  exportFormat: {
    flag: "--format <format>",
    description: "what to write: .onnx, .safetensors, or a .weights.h5 for Keras' load_weights",
    values: ["onnx", "safetensors", "keras-weights"] satisfies readonly ExportFormat[],
    required: true,
  },
  outDir: fromTable,
  model: {
    flag: "--model <name>",
    description: "the model to export; without it, all models of a file whose weights are bound",
  },
  exportPrecision: {
    flag: "--precision <type>",
    description:
      "what large Dense layers are computed in; int8 is onnxruntime's dynamic quantisation (default: float32)",
    values: ["float32", "int8"] satisfies readonly ExportPrecision[],
  },
  force: { flag: "--force", description: "replace files that have other content" },
} as const satisfies OwnOptions;

type ExportInvocation = Invocation<"export", typeof options, { readonly kind: "files" }>;

/**
 * `layerc export`: writes models with their weights in the format of another runtime, all files or none. A file that is
 * there already is left alone when it has the same content, and replaced only with `--force`.
 */
export const exportCommand = defineCommand({
  name: "export",
  description: "write models with their weights for other runtimes",
  argument: { kind: "files" },
  options,
  readsConfig: false,
  run: exportFiles,
});

const nothing = { outputs: [] };

async function exportFiles(invocation: ExportInvocation, environment: Environment): Promise<Outcome> {
  const { cwd, files } = environment;
  const { outDir, model, exportFormat, exportPrecision: precision } = invocation;
  const host = createNodeHost(cwd, files);
  const found = await findInputs(invocation.files, environment);
  const unclear = [...found.diagnostics, ...checkOutDir(outDir, cwd, files)];
  if (hasErrors(unclear)) return stopped(unclear, nothing);
  const loaded = await loadSources(found.value, host);
  if (loaded.diagnostics.length > 0) return stopped(loaded.diagnostics, nothing);

  const { exportModels } = await import("../../export.ts");
  const exported: { readonly input: Input; readonly result: ExportResult }[] = [];
  for (const input of loaded.value) {
    const options = {
      host,
      format: exportFormat,
      ...(model === undefined ? {} : { model }),
      ...(precision === undefined ? {} : { precision }),
    };
    exported.push({ input, result: await exportModels(input.source, options) });
  }
  const results = exported.map(({ result }) => result);
  const diagnostics = [...found.diagnostics, ...gatherDiagnostics(results)];
  const outcome = { problems: [], diagnostics, sources: gatherSources(results), text: "", json: nothing };
  if (hasErrors(diagnostics)) return outcome;

  const planned = planExports(exported, invocation, environment);
  if (planned.diagnostics.length > 0) return { ...outcome, problems: planned.diagnostics };
  const failure = await commitFiles(
    planned.value.filter(({ state }) => state !== "current"),
    cwd,
    files,
  );
  if (failure !== undefined) return { ...outcome, problems: [failure] };
  return {
    ...outcome,
    text: planned.value.map((output) => outputLine(output)).join(""),
    json: { outputs: planned.value.map(outputJson) },
  };
}

/** Where the files go and what lies there. */
function planExports(
  exported: readonly { readonly input: Input; readonly result: ExportResult }[],
  { outDir, force }: ExportInvocation,
  environment: Environment,
): Checked<readonly Output[]> {
  const inputs = new Set(exported.flatMap(({ input, result }) => [input.path, ...result.dependencies]));
  const placed = exported.flatMap(({ input, result }) => placeFiles(input, result.files, outDir, environment.cwd));
  const planned = planFiles(placed, environment, ({ path: output, source }, found) => {
    if (found.state !== "stale") return undefined;
    if (inputs.has(output)) return outputIsInput(undefined, { output, source });
    return force === true ? undefined : exportWouldReplace(undefined, { output });
  });
  return { value: planned.value, diagnostics: [...findSharedPlaces(placed), ...planned.diagnostics] };
}
