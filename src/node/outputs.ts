import path from "node:path";
import type { CompileResult } from "../compile.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic.ts";
import type { GeneratedFile } from "../stages/generated-file.ts";
import { fileStem } from "../model-formats/file-names.ts";
import type { ModuleKind } from "../targets/module-kinds.ts";
import type { fileOrigin as FileOrigin } from "./file-origin.ts";
import type { FileSystem } from "./file-system.ts";
import type { Input } from "./inputs.ts";
import { displayPath } from "./paths.ts";
import { findSharedPlaces, planFiles, type OnDisk, type Output, type PlacedFile } from "./plan-files.ts";

export const outputNotGenerated = defineDiagnostic<{ output: string; source: string }>(
  "output-not-generated",
  "error",
  "A file that layerc did not write lies where an output would go.",
  ({ output, source }) => ({
    message: `'${output}' was not written by layerc and would be replaced by the output of '${source}'`,
    help: "move or delete it, choose another folder with --out-dir, or replace it with --force",
  }),
  () => ({
    meaning:
      "layerc replaces only what it wrote itself, which the first line of a module and the metadata of a weight file say. Your own file of that name is left alone. After a conflict of merged branches, too, the first line is not layerc's: build with --force then.",
    example: {
      kind: "command",
      text: "layerc build digits.layers",
      arguments: { output: "digits.ts", source: "digits.layers" },
      mended: "layerc build digits.layers --out-dir src/models",
    },
  }),
);

export const outputEdited = defineDiagnostic<{ output: string; source: string }>(
  "output-edited",
  "error",
  "A generated file has been changed since layerc wrote it, and an output would go there.",
  ({ output, source }) => ({
    message: `'${output}' was changed since layerc wrote it, and the output of '${source}' would replace it`,
    help: "move what is yours to another file, then replace this one with --force",
  }),
  () => ({
    meaning:
      "A generated file has a checksum, in its first line or its metadata, and what it has no longer fits: somebody has edited it, or another version of layerc wrote it. Your changes are left alone. Layout does not count, so a formatter may have gone over it.",
    example: {
      kind: "command",
      text: "layerc build digits.layers",
      arguments: { output: "digits.ts", source: "digits.layers" },
      mended: "layerc build digits.layers --force",
    },
  }),
);

export const outputIsInput = defineDiagnostic<{ output: string; source: string; option?: string }>(
  "output-is-input",
  "error",
  "An output would replace a file that the same build reads.",
  ({ output, source, option }) =>
    option === undefined
      ? {
          message: `The output of '${source}' would replace '${output}', which this build reads`,
          help: "choose another folder with --out-dir",
        }
      : {
          message: `${option} would replace '${output}', which is read`,
          help: `choose another file with ${option}`,
        },
  () => ({
    meaning:
      "An output would replace a file that this build reads, such as a weight file, and the next build would read it.",
    example: {
      kind: "command",
      text: "layerc build digits.layers --weights file",
      arguments: { output: "digits.weights.safetensors", source: "digits.layers" },
      mended: "layerc build digits.layers --weights file --out-dir out",
    },
  }),
);

/** Where the outputs of an input go: beside it, or below `outDir` as it lies below its base. */
export function outputFolder(input: Input, outDir: string | undefined): string {
  return outDir === undefined ? path.dirname(input.path) : path.join(outDir, input.folderFromBase);
}

/**
 * Inputs whose outputs would have one name, found before anything is compiled. What the modules end in makes no difference,
 * because TypeScript and bundlers look for a module by several endings; `endingOf` is for the message.
 */
export function findCollisions(
  inputs: readonly Input[],
  outDir: string | undefined,
  cwd: string,
  endingOf: (input: Input) => ModuleKind,
): readonly Diagnostic[] {
  const stemOf = (input: Input): string =>
    displayPath(cwd, path.join(outputFolder(input, outDir), fileStem(input.path)));
  const named = inputs.map((input) => ({ source: input.path, path: stemOf(input) }));
  return findSharedPlaces(named, (stem) => {
    const endings = new Set(inputs.filter((input) => stemOf(input) === stem).map(endingOf));
    return `${stem}.${endings.size === 1 ? [...endings].join() : `{${[...endings].join(",")}}`}`;
  });
}

/**
 * Says for every generated file where it goes and whether that would change the disk. Reports outputs that collide,
 * that would replace an input or a file of other origin, and places that can't hold a file.
 */
export async function planOutputs(
  built: readonly { readonly input: Input; readonly result: Pick<CompileResult, "files" | "dependencies"> }[],
  options: {
    readonly outDir: string | undefined;
    readonly cwd: string;
    readonly files: FileSystem;
    /** Whether files that layerc did not write, or not as they are, may be replaced. */
    readonly force?: boolean | undefined;
    /** What other builds of the run have written and read: source by output, and files. */
    readonly others?: { readonly outputs: ReadonlyMap<string, string>; readonly inputs: Iterable<string> };
  },
): Promise<Checked<readonly Output[]>> {
  const { fileOrigin } = await import("./file-origin.ts");
  const { outDir, cwd, others, force = false } = options;
  const inputs = new Set([
    ...built.flatMap(({ input, result }) => [input.path, ...result.dependencies]),
    ...(others?.inputs ?? []),
  ]);
  const placed = built.flatMap(({ input, result }) => placeFiles(input, result.files, outDir, cwd));
  const planned = planFiles(placed, options, ({ path: output, source }, found) => {
    if (inputs.has(output)) return outputIsInput(undefined, { output, source });
    return force && found.state !== "blocked" ? undefined : refusal(found, fileOrigin)?.(undefined, { output, source });
  });
  const taken = planned.value.flatMap(({ path: output }) => {
    const source = others?.outputs.get(output);
    return source === undefined ? [] : [{ path: output, source }];
  });
  return {
    value: planned.value,
    diagnostics: [...findSharedPlaces([...taken, ...planned.value]), ...planned.diagnostics],
  };
}

/** The files of an input where they are to be written. */
export function placeFiles(
  input: Input,
  files: readonly GeneratedFile[],
  outDir: string | undefined,
  cwd: string,
): readonly PlacedFile[] {
  return files.map(({ name, content }) => ({
    source: input.path,
    path: displayPath(cwd, path.join(outputFolder(input, outDir), name)),
    content: typeof content === "string" ? new TextEncoder().encode(content) : content,
  }));
}

/** Why what lies in the place of an output may not be replaced. An empty file is nobody's. */
function refusal(found: OnDisk, fileOrigin: typeof FileOrigin): typeof outputNotGenerated | undefined {
  if (found.state === "blocked") return outputNotGenerated;
  if (found.state !== "stale" || found.existing.length === 0) return undefined;
  const origin = fileOrigin(found.existing);
  return origin === undefined ? outputNotGenerated : origin === "edited" ? outputEdited : undefined;
}
