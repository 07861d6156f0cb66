import path from "node:path";
import type { CompileResult } from "../compile.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic.ts";
import { describeFileError } from "./file-error.ts";
import type { FileSystem } from "./file-system.ts";
import type { Input } from "./inputs.ts";
import { isGenerated } from "./is-generated.ts";
import { displayPath } from "./paths.ts";

/** A file to be written, compared with what is on disk. */
export interface Output {
  /** The model file it comes from, as in `displayPath`. */
  readonly source: string;
  /** As in `displayPath`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly state: "missing" | "stale" | "current";
}

export const outputCollision = defineDiagnostic<{ output: string; sources: readonly string[] }>(
  "output-collision",
  "error",
  "Two model files of one build would be written to the same output file.",
  ({ output, sources }) => ({
    message: `${sources.map((source) => `'${source}'`).join(" and ")} would both be written to '${output}'`,
    help: "build them apart, or give one quoted glob ('models/**/*.layers') so that --out-dir keeps their folders",
  }),
);

export const outputNotGenerated = defineDiagnostic<{ output: string; source: string }>(
  "output-not-generated",
  "error",
  "A file that layerc did not write lies where an output would go.",
  ({ output, source }) => ({
    message: `'${output}' was not written by layerc and would be replaced by the output of '${source}'`,
    help: "move or delete it, or choose another folder with --out-dir",
  }),
);

export const outputIsInput = defineDiagnostic<{ output: string; source: string }>(
  "output-is-input",
  "error",
  "An output would replace a file that the same build reads.",
  ({ output, source }) => ({
    message: `The output of '${source}' would replace '${output}', which this build reads`,
    help: "choose another folder with --out-dir",
  }),
);

export const outputUnwritable = defineDiagnostic<{ output: string; reason: string }>(
  "output-unwritable",
  "error",
  "An output file or folder can't be written.",
  ({ output, reason }) => ({ message: `Can't write '${output}': ${reason}` }),
);

/** Where the outputs of an input go: beside it, or below `outDir` as it lies below its base. */
export function outputFolder(input: Input, outDir: string | undefined): string {
  return outDir === undefined ? path.dirname(input.path) : path.join(outDir, input.folderFromBase);
}

/** Inputs whose outputs would have one name, found before anything is compiled. */
export function findCollisions(
  inputs: readonly Input[],
  outDir: string | undefined,
  cwd: string,
): readonly Diagnostic[] {
  const named = inputs.map((input) => ({
    source: input.path,
    path: displayPath(cwd, path.join(outputFolder(input, outDir), path.basename(input.path, ".layers"))),
  }));
  return collisions(named, (stem) => `${stem}.ts`);
}

/**
 * Says for every generated file where it goes and whether that would change the disk. Reports outputs that collide,
 * that would replace an input or a file of other origin, and places that can't hold a file.
 */
export function planOutputs(
  built: readonly { readonly input: Input; readonly result: Pick<CompileResult, "files" | "dependencies"> }[],
  options: {
    readonly outDir: string | undefined;
    readonly cwd: string;
    readonly files: FileSystem;
    /** What other builds of the run have written and read: source by output, and files. */
    readonly others?: { readonly outputs: ReadonlyMap<string, string>; readonly inputs: Iterable<string> };
  },
): Checked<readonly Output[]> {
  const { outDir, cwd, files, others } = options;
  const inputs = new Set([
    ...built.flatMap(({ input, result }) => [input.path, ...result.dependencies]),
    ...(others?.inputs ?? []),
  ]);
  const diagnostics: Diagnostic[] = [];
  const value: Output[] = [];
  for (const { input, result } of built) {
    const placed = result.files.map((file) => ({
      ...file,
      path: displayPath(cwd, path.join(outputFolder(input, outDir), file.name)),
    }));
    for (const file of placed) {
      const output = file.path;
      const content = typeof file.content === "string" ? new TextEncoder().encode(file.content) : file.content;
      const made = { source: input.path, path: output, content };
      try {
        const state = inputs.has(output) ? "input" : compareWithDisk(path.resolve(cwd, output), content, files);
        if (state === "input") diagnostics.push(outputIsInput(undefined, { output, source: input.path }));
        else if (state === "foreign") diagnostics.push(outputNotGenerated(undefined, { output, source: input.path }));
        else value.push({ ...made, state });
      } catch (error) {
        diagnostics.push(outputUnwritable(undefined, { output, reason: describeFileError(error) }));
      }
    }
  }
  const taken = value.flatMap(({ path }) => {
    const source = others?.outputs.get(path);
    return source === undefined ? [] : [{ path, source }];
  });
  return { value, diagnostics: [...collisions([...taken, ...value]), ...diagnostics] };
}

function compareWithDisk(file: string, content: Uint8Array, files: FileSystem): Output["state"] | "foreign" {
  const kind = files.kind(file);
  if (kind === undefined) return "missing";
  if (kind !== "file") return "foreign";
  const existing = files.read(file);
  if (Buffer.compare(existing, content) === 0) return "current";
  return existing.length === 0 || isGenerated(existing) ? "stale" : "foreign";
}

function collisions(
  outputs: readonly { readonly source: string; readonly path: string }[],
  name: (path: string) => string = (same) => same,
): readonly Diagnostic[] {
  const bySource = new Map<string, string[]>();
  for (const { path: output, source } of outputs) bySource.set(output, [...(bySource.get(output) ?? []), source]);
  return [...bySource]
    .filter(([, sources]) => sources.length > 1)
    .map(([output, sources]) => outputCollision(undefined, { output: name(output), sources }));
}
