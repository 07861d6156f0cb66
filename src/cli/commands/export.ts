import path from "node:path";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { hasErrors, type Checked, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import type { ExportResult } from "../../export.ts";
import { commitFiles, type FileToWrite } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import { describeFileError } from "../../node/file-error.ts";
import { formatBytes } from "../report/format-bytes.ts";
import { gatherDiagnostics, gatherSources } from "../report/gather-diagnostics.ts";
import { findInputs, type Input } from "../../node/inputs.ts";
import type { ExportInvocation } from "../arguments/invocation.ts";
import { loadSources } from "../../node/load-sources.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { checkOutDir } from "../arguments/out-dir.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { outputCollision, outputFolder, outputIsInput, outputUnwritable } from "../../node/outputs.ts";
import { displayPath } from "../../node/paths.ts";

export const exportWouldReplace = defineDiagnostic<{ output: string }>(
  "export-would-replace",
  "error",
  "A file with other content lies where an export would go.",
  ({ output }) => ({
    message: `'${output}' exists with other content`,
    help: "replace it with --force, or choose another folder with --out-dir",
  }),
);

const nothing = { outputs: [] };

interface ExportedFile extends FileToWrite {
  readonly source: string;
  readonly state: "missing" | "stale" | "current";
}

/**
 * `layerc export`: writes models with their weights in the format of another runtime, all files or none. A file that is
 * there already is left alone when it has the same content, and replaced only with `--force`.
 */
export async function exportCommand(invocation: ExportInvocation, environment: Environment): Promise<Outcome> {
  const { cwd, files } = environment;
  const { outDir, model, exportFormat } = invocation;
  const host = createNodeHost(cwd, files);
  const found = await findInputs(invocation.files, environment);
  const unclear = [...found.diagnostics, ...checkOutDir(outDir, cwd, files)];
  if (unclear.length > 0) return stopped(unclear, nothing);
  const loaded = await loadSources(found.value, host);
  if (loaded.diagnostics.length > 0) return stopped(loaded.diagnostics, nothing);

  const { exportModels } = await import("../../export.ts");
  const exported: { readonly input: Input; readonly result: ExportResult }[] = [];
  for (const input of loaded.value) {
    const options = { host, format: exportFormat, ...(model === undefined ? {} : { model }) };
    exported.push({ input, result: await exportModels(input.source, options) });
  }
  const results = exported.map(({ result }) => result);
  const diagnostics = gatherDiagnostics(results);
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
    text: planned.value.map(exportedLine).join(""),
    json: {
      outputs: planned.value.map(({ source, path, content, state }) => ({
        source,
        path,
        bytes: content.length,
        state,
      })),
    },
  };
}

/** Where the files go and what lies there. */
function planExports(
  exported: readonly { readonly input: Input; readonly result: ExportResult }[],
  { outDir, force }: ExportInvocation,
  { cwd, files }: Environment,
): Checked<readonly ExportedFile[]> {
  const inputs = new Set(exported.flatMap(({ input, result }) => [input.path, ...result.dependencies]));
  const diagnostics: Diagnostic[] = [];
  const value: ExportedFile[] = [];
  const sources = new Map<string, string[]>();
  for (const { input, result } of exported) {
    for (const { name, content } of result.files) {
      const output = displayPath(cwd, path.join(outputFolder(input, outDir), name));
      sources.set(output, [...(sources.get(output) ?? []), input.path]);
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      try {
        const state = compareWithDisk(path.resolve(cwd, output), bytes, files);
        if (state === "stale" && inputs.has(output)) {
          diagnostics.push(outputIsInput(undefined, { output, source: input.path }));
        } else if (state === "blocked" || (state === "stale" && force !== true)) {
          const reason = "something that is not a file lies there";
          diagnostics.push(
            state === "blocked"
              ? outputUnwritable(undefined, { output, reason })
              : exportWouldReplace(undefined, { output }),
          );
        } else value.push({ source: input.path, path: output, content: bytes, state });
      } catch (error) {
        diagnostics.push(outputUnwritable(undefined, { output, reason: describeFileError(error) }));
      }
    }
  }
  const collisions = [...sources]
    .filter(([, all]) => all.length > 1)
    .map(([output, all]) => outputCollision(undefined, { output, sources: [...new Set(all)] }));
  return { value, diagnostics: [...collisions, ...diagnostics] };
}

function compareWithDisk(
  file: string,
  content: Uint8Array,
  files: Environment["files"],
): ExportedFile["state"] | "blocked" {
  const kind = files.kind(file);
  if (kind === undefined) return "missing";
  if (kind !== "file") return "blocked";
  return Buffer.compare(files.read(file), content) === 0 ? "current" : "stale";
}

/** `digits.layers -> digits.onnx  14.2 kB` */
function exportedLine({ source, path, content, state }: ExportedFile): string {
  const note = state === "current" ? " (unchanged)" : "";
  return `${visibleText(source)} -> ${visibleText(path)}  ${formatBytes(content.length)}${note}\n`;
}
