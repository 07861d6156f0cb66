import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic, Fix, Span } from "../diagnostics/diagnostic.ts";
import type { ModelDeclaration } from "../syntax/ast.ts";
import type { Model } from "../check/model.ts";
import { hasWeightEnding } from "../files/weight-endings.ts";
import type { Host } from "../load/host.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import { nearestFile } from "../load/nearest-file.ts";
import { bindWeights } from "./bind/bind-weights.ts";
import { modelsWithin } from "./bind/nested-models.ts";
import { partOfFile, prefixesOf, weightsPrefixUnknown } from "./part-of-file.ts";
import { readOnce, type Reads } from "./read-clause.ts";
import type { ReadResult } from "./read-weight-file.ts";
import type { WeightFile } from "./weight-file.ts";
import type { WeightsMemory } from "./weights-memory.ts";

const withoutClause = "without a weights clause the model takes its weights as an argument";

export const weightsUnreadable = defineDiagnostic(
  "weights-unreadable",
  "error",
  "The file of a weights clause can't be reached.",
  (at: { path: string; reason: string; remedy?: { readonly help?: string; readonly fix?: Fix } }) => ({
    message: `Can't read the weight file '${at.path}': ${at.reason}`,
    ...at.remedy,
  }),
  () => ({
    meaning: "The file of a weights clause is not there, or can't be read. Its path is relative to the model file.",
    example: {
      kind: "source",
      source: 'model M { weights "./digits.safetensors" input [4] Dense(3) }',
      mended: "model M { input [4] Dense(3) }",
    },
  }),
);

export const weightsDamaged = defineDiagnostic(
  "weights-damaged",
  "error",
  "A weight file breaks its own format.",
  (at: { path: string; reason: string }) => ({
    message: `The weight file '${at.path}' is damaged: ${at.reason}`,
    help: "save or download it once more",
  }),
  () => ({
    meaning:
      "The file has the name of a weight format and breaks its rules: it is cut off, was changed, or is something else with that ending. Usually a download or a copy did not come to its end.",
    example: {
      kind: "source",
      source: 'model M { weights "./digits.safetensors" input [4] Dense(3) }',
      files: { "digits.safetensors": "an error page" },
      mended: "model M { input [4] Dense(3) }",
    },
  }),
);

export const weightsIncomplete = defineDiagnostic(
  "weights-incomplete",
  "error",
  "A weight file is one of several, and another one is not there.",
  (at: { path: string; reason: string }) => ({
    message: `The weight file '${at.path}' is not whole: ${at.reason}`,
    help: "put all its files into one folder, under the names that they were saved with",
  }),
  () => ({
    meaning:
      "Keras saves large weights as several files, with a .weights.json that names them. One of those is missing in its folder.",
    example: {
      kind: "situation",
      text: 'The model has weights "./big.weights.json"; big_00001.weights.h5, which that names, is in another folder.',
      arguments: {
        path: "./big.weights.json",
        reason: "its file of weights 'big_00001.weights.h5' is not beside it",
      },
      mended: "All files of the weights lie beside big.weights.json.",
    },
  }),
);

export const weightsUnsupported = defineDiagnostic(
  "weights-unsupported",
  "error",
  "A weight file is of a format or a kind that can't be read.",
  (at: { path: string; reason: string }) => ({
    message: `The weight file '${at.path}' is not supported: ${at.reason}`,
  }),
  () => ({
    meaning:
      "layerc reads .safetensors, .npz, .keras, .weights.h5, Keras' .h5 and the states that torch.save writes. Other formats, such as TensorFlow's checkpoints, are saved as one of those first.",
    example: {
      kind: "source",
      source: 'model M { weights "./digits.ckpt" input [4] Dense(3) }',
      files: { "digits.ckpt": "arrays" },
      mended: "model M { input [4] Dense(3) }",
    },
  }),
);

export const weightsTooLarge = defineDiagnostic(
  "weights-too-large",
  "error",
  "A weight file is beyond a limit of size, number or depth.",
  (at: { path: string; reason: string }) => ({
    message: `The weight file '${at.path}' is too large: ${at.reason}`,
  }),
  () => ({
    meaning:
      "Weight files have limits of size, number of arrays and depth, so that a wrong file does not take the memory of the machine. The message says which one.",
    example: {
      kind: "situation",
      text: 'A model has weights "./digits.keras", a file of more than a gigabyte.',
      arguments: { path: "digits.keras", reason: "it has more than 1073741824 bytes" },
    },
  }),
);

export interface LoadedWeights {
  /** The arrays of each model that has all its weights bound without errors; other models are absent. */
  readonly arrays: ReadonlyMap<Model, WeightArrays>;
  readonly diagnostics: readonly Diagnostic[];
  /** The paths of all weight files, as the host resolved them, readable or not. */
  readonly dependencies: readonly string[];
}

/**
 * Reads the files of all `weights` clauses of `models` and of the models they nest, each file once, and binds them. A path
 * is relative to the file that declares the clause's model. With `given`, which has been read, all clauses mean that file.
 */
export async function loadWeights(
  models: readonly Model[],
  host: Host | undefined,
  given?: WeightFile,
  memory?: WeightsMemory,
): Promise<LoadedWeights> {
  const files = new Map<Model, WeightFile>();
  const reads: Reads = { results: new Map(), parts: new Set(), memory };
  const diagnostics: Diagnostic[] = [];
  for (const owner of modelsWithin(...models)) {
    if (owner.weights === undefined) continue;
    const { path, prefix, span, pathSpan } = owner.weights;
    const result: ReadResult | string =
      given === undefined ? await readOnce(owner.file, path, host, reads) : { ok: true, file: given };
    diagnostics.push(...(await failures(result, { span, pathSpan, path, from: owner.file, host })));
    if (typeof result === "string" || !result.ok) continue;
    const { file } = result;
    const part = prefix === undefined ? file : partOf(file, prefix.text, memory);
    if (part !== undefined) files.set(owner, part);
    else if (prefix !== undefined)
      diagnostics.push(
        weightsPrefixUnknown(prefix.span, {
          path,
          prefix: prefix.text,
          span: prefix.span,
          known: prefixesOf(file.root),
        }),
      );
  }

  const arrays = new Map<Model, WeightArrays>();
  for (const model of models) {
    const bound = bindOnce(model, files, memory);
    diagnostics.push(...bound.diagnostics);
    if (bound.value !== undefined) arrays.set(model, bound.value);
  }
  return {
    arrays,
    diagnostics: withoutRepetitions(diagnostics),
    dependencies: [...reads.results.keys(), ...reads.parts],
  };
}

/** The part of a file that a prefix means, made once. */
function partOf(file: WeightFile, prefix: string, memory: WeightsMemory | undefined): WeightFile | undefined {
  const known = memory?.parts.get(file)?.get(prefix);
  if (known !== undefined) return known;
  const root = partOfFile(file.root, prefix);
  if (root === undefined) return undefined;
  const part = { ...file, root };
  const parts = memory?.parts.get(file) ?? new Map<string, WeightFile>();
  memory?.parts.set(file, parts.set(prefix, part));
  return part;
}

/** The arrays of a model; those of before where it is the same model with the same files, and nothing was reported of them. */
function bindOnce(
  model: Model,
  files: ReadonlyMap<Model, WeightFile>,
  memory: WeightsMemory | undefined,
): ReturnType<typeof bindWeights> {
  const own = [...modelsWithin(model)].map((owner) => files.get(owner));
  const known = memory?.models.get(model);
  if (known?.files.every((file, at) => file === own[at]) === true) return { value: known.arrays, diagnostics: [] };
  const bound = bindWeights(model, (owner) => files.get(owner));
  const { value: arrays, diagnostics } = bound;
  if (arrays !== undefined && diagnostics.length === 0) memory?.models.set(model, { files: own, arrays });
  return bound;
}

/**
 * Reads the files of the `weights` clauses of models that have errors, only to report those that are unusable: all errors
 * of a file come in one run. `from` is the file that declares the models.
 */
export async function checkWeightClauses(
  models: readonly ModelDeclaration[],
  from: string,
  host: Host | undefined,
  memory?: WeightsMemory,
): Promise<Pick<LoadedWeights, "diagnostics" | "dependencies">> {
  const diagnostics: Diagnostic[] = [];
  const reads: Reads = { results: new Map(), parts: new Set(), memory };
  for (const clause of models.flatMap(({ body }) => body.filter((item) => item.kind === "weights"))) {
    const { value: path, span } = clause.path;
    // The checker has its own word for an empty path.
    if (path === "") continue;
    diagnostics.push(
      ...(await failures(await readOnce(from, path, host, reads), { span, pathSpan: span, path, from, host })),
    );
  }
  return { diagnostics, dependencies: [...reads.results.keys(), ...reads.parts] };
}

/** Where a path is written. */
interface PathPlace {
  readonly span: Span;
  /** Of the path alone; undefined where no clause has it. */
  readonly pathSpan: Span | undefined;
  readonly path: string;
  readonly from: string;
  readonly host: Host | undefined;
}

async function failures(
  result: ReadResult | string,
  { span, pathSpan, path, from, host }: PathPlace,
): Promise<readonly Diagnostic[]> {
  if (typeof result === "string") {
    const isMissing = host !== undefined && result === "no such file";
    const nearest = isMissing ? await nearestFile(host, host.resolve(from, path), path, pathSpan, hasWeightEnding) : {};
    const help = isMissing && pathSpan !== undefined ? { help: withoutClause } : {};
    return [weightsUnreadable(span, { path, reason: result, remedy: { ...help, ...nearest } })];
  }
  return result.ok ? [] : [failureDefinitions[result.failure.kind](span, { path, reason: result.failure.message })];
}

const failureDefinitions = {
  damaged: weightsDamaged,
  incomplete: weightsIncomplete,
  unsupported: weightsUnsupported,
  "too-large": weightsTooLarge,
};

/** A model that is nested twice, or nested and on its own, has its problems found more than once. */
function withoutRepetitions(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const key = JSON.stringify([diagnostic.code, diagnostic.span, diagnostic.message]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
