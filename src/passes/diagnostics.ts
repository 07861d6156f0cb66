import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { formatCount } from "../diagnostics/format-count.ts";
import { budget } from "./budget.ts";

/** What messages call targets. */
interface TargetNames {
  /** The one that was asked for: `WebAssembly`. */
  readonly target: string;
  /** What `--target` calls it. */
  readonly flag: string;
  /** The one that runs every model. */
  readonly first: string;
}

const webAssembly: TargetNames = { target: "WebAssembly", flag: "wasm", first: "TypeScript" };

export const unrollBeyondOptimizer = defineDiagnostic(
  "unroll-beyond-optimizer",
  "warning",
  "A layer that `--unroll full` spells out is larger than what an engine optimises.",
  (at: { layer: string; multiplyAdds: number; limit: number; engine: string; slower: string }) => ({
    message: `Unrolling '${at.layer}' fully makes one function of ${formatCount(at.multiplyAdds)} multiply-adds, and ${at.engine} stops optimising near ${formatCount(at.limit)}`,
    label: `runs ${at.slower} times slower than loops there`,
    help: "leave out `--unroll full`: `--unroll auto` unrolls what is faster unrolled; for Hermes, QuickJS and the like, say `--engine interpreter`",
  }),
  () => ({
    meaning:
      "With --unroll full every multiplication becomes a line of code. Engines that compile do not optimise functions of this length, or not well, so that the module becomes slower than loops are: V8 (Node, Chrome), JavaScriptCore (Safari, Bun) and SpiderMonkey (Firefox), each from another length on. The warning is about the engine that --engine names, or the first of them. Interpreters have no such limit.",
    example: {
      kind: "command",
      text: "layerc build digits.layers --unroll full",
      arguments: { layer: "hidden", multiplyAdds: 8192, limit: 1536, engine: "JavaScriptCore", slower: "2 to 80" },
      mended: "layerc build digits.layers",
    },
  }),
);

export const codeTooLarge = defineDiagnostic(
  "code-too-large",
  "error",
  "The unrolled code of a model is beyond a limit.",
  ({ model, multiplyAdds, isAsked }: { model: string; multiplyAdds: number; isAsked: boolean }) => ({
    message: `Unrolling '${model}' ${isAsked ? "fully " : ""}is code for ${formatCount(multiplyAdds)} multiply-adds, the limit of a module is ${formatCount(budget.longestCode)}`,
    help: isAsked
      ? "leave out `--unroll full`"
      : "put the model into a file of its own, or leave out `--engine interpreter`",
  }),
  () => ({
    meaning:
      "With --unroll full, or for an interpreter, every step of every loop becomes code of its own, and this model has more of them than a module can sensibly hold. All operations count: a multiply-add as one, any other value or statement as three, for all models of a file up to this one.",
    example: {
      kind: "command",
      text: "layerc build digits.layers --unroll full",
      arguments: { model: "Digits", multiplyAdds: 3_000_000, isAsked: true },
      mended: "layerc build digits.layers",
    },
  }),
);

export const moduleTooLong = defineDiagnostic(
  "module-too-long",
  "error",
  "The models of a file have more layers than a module is made of.",
  ({ model, layers }: { model: string; layers: number }) => ({
    message: `With '${model}' the module has ${formatCount(layers)} layers, and holds at most ${formatCount(budget.moduleLayers)}`,
    help: "repeat less often, or put models into files of their own",
  }),
  () => ({
    meaning:
      "Each layer is code, types and documentation in the module, also one that is repeated. Nested repeats multiply, so that a small file may stand for a huge module.",
    example: {
      kind: "situation",
      text: "A model says: repeat 5000 { Dense(2, relu) }",
      arguments: { model: "Deep", layers: 5000 },
      mended: "The model says: repeat 50 { Dense(2, relu) }",
    },
  }),
);

export const inlineWeightsTooLarge = defineDiagnostic(
  "inline-weights-too-large",
  "error",
  "The weights of a model are too many to be part of a module.",
  ({ model, parameters }: { model: string; parameters: number }) => ({
    message: `'${model}' has ${formatCount(parameters)} parameters, and a module holds at most ${formatCount(budget.inlineParameters)}`,
    help: "write them to a file beside the module with `--weights file`",
  }),
  () => ({
    meaning:
      "The numbers of a model are written into its module as text, which has a longest length. A file beside the module takes any number.",
    example: {
      kind: "command",
      text: "layerc build large.layers",
      arguments: { model: "Large", parameters: 100_000_000 },
      mended: "layerc build large.layers --weights file",
    },
  }),
);

export const slowerTarget = defineDiagnostic(
  "slower-target",
  "warning",
  "A model is so small that the target that was asked for is slower than TypeScript.",
  ({ model, gain, names }: { model: string; gain: string; names: TargetNames }) => ({
    message: `'${model}' is so small that plain ${names.first} is expected to be ${gain} times as fast as ${names.target}`,
    help: `leave out \`--target ${names.flag}\`, or take \`--target auto\`, which chooses for every model`,
  }),
  () => ({
    meaning:
      "Calling WebAssembly and copying its input costs some time for each call. For a model this small that is more than its arithmetic saves.",
    example: {
      kind: "command",
      text: "layerc build xor.layers --target wasm",
      arguments: { model: "Xor", gain: "1.7", names: webAssembly },
      mended: "layerc build xor.layers --target auto",
    },
  }),
);

export const targetUnavailable = defineDiagnostic(
  "target-unavailable",
  "warning",
  "A model is left to TypeScript, for the target that was asked for can't run it.",
  ({ model, reason, names }: { model: string; reason: string; names: TargetNames }) => ({
    message: `'${model}' is compiled to ${names.first} only: ${reason}`,
    help: `leave out \`--target ${names.flag}\`, or take \`--target auto\`, which chooses for every model`,
  }),
  () => ({
    meaning:
      "Some models can't run as WebAssembly, such as those that need more than 4 GB of memory, or look up more rows than float32 can count. They are compiled to TypeScript, which gives the same results.",
    example: {
      kind: "command",
      text: "layerc build words.layers --target wasm",
      arguments: {
        model: "Words",
        names: webAssembly,
        reason:
          "WebAssembly can't tell the 20,000,000 rows of 'embedding' apart: float32 holds whole numbers up to 16,777,216",
      },
      mended: "layerc build words.layers --target auto",
    },
  }),
);

export const unrollIgnored = defineDiagnostic(
  "unroll-ignored",
  "warning",
  "`--unroll` is given together with a target on which it changes nothing.",
  ({ model, unroll, names }: { model: string; unroll: string; names: TargetNames }) => ({
    message: `\`--unroll ${unroll}\` changes nothing for '${model}', which is compiled to ${names.target}`,
    help: `leave out \`--unroll ${unroll}\`, which is for \`--target typescript\``,
  }),
  () => ({
    meaning:
      "--unroll says how TypeScript spells loops out. The WebAssembly target has loops of its own, for vectors, and does not read it.",
    example: {
      kind: "command",
      text: "layerc build digits.layers --target wasm --unroll full",
      arguments: { model: "Digits", unroll: "full", names: webAssembly },
      mended: "layerc build digits.layers --target wasm",
    },
  }),
);

export const trainerMissing = defineDiagnostic(
  "trainer-missing",
  "warning",
  "Trainers are asked for, and a model has no `compile` clause that says how it is trained.",
  ({ model, clause }: { model: string; clause: string }) => ({
    message: `'${model}' has no compile clause, so the module has no trainer of it`,
    help: `add to its body, with the loss that is meant: ${clause}`,
  }),
  () => ({
    meaning:
      "With --training a module exports a trainer of each model with a compile clause, which has the optimizer and the loss. A model without one is compiled as ever; one that only models with a clause nest needs none of its own.",
    example: {
      kind: "command",
      text: "layerc build digits.layers --training",
      arguments: {
        model: "Digits",
        clause: "compile(optimizer=adam, loss=sparse_categorical_crossentropy, metrics=[accuracy])",
      },
      mended: "layerc build digits.layers",
    },
  }),
);

export const nothingLearned = defineDiagnostic(
  "nothing-learned",
  "warning",
  "Weights lie before an Embedding, whose input has no gradient: training leaves them as they are.",
  ({ layer, embedding }: { layer: string; embedding: string }) => ({
    message: `training leaves the weights of '${layer}' as they are: '${embedding}' behind it takes its input as indices, by which the loss has no gradient`,
    help: "put it behind the Embedding, or say trainable=false to it",
  }),
  () => ({
    meaning:
      "An Embedding looks rows up by the indices that are its input. An index can't change a little, so that the loss has no gradient by it, nor by any weight that it is computed from.",
    example: {
      kind: "command",
      text: "layerc build tokens.layers --training",
      arguments: { layer: "normalization", embedding: "embedding" },
      mended: "layerc build tokens.layers",
    },
  }),
);

export const trainerExportTaken = defineDiagnostic(
  "trainer-export-taken",
  "error",
  "A model gives an export of the same name as another model's trainer.",
  (at: { name: string; model: string; other: string | undefined; place: RelatedPlace | undefined }) => ({
    message:
      at.other === undefined
        ? `'${at.model}' exports '${at.name}', and so does every module with trainers`
        : `'${at.model}' exports '${at.name}', and so does the trainer of '${at.other}'`,
    ...(at.place === undefined ? {} : { related: [at.place] }),
    help: "rename the model, or leave out `--training`",
  }),
  () => ({
    meaning:
      "With --training a module exports types and a function for the trainer of each model, named after it: DigitsTrainer, DigitsTrainerOptions, createDigitsTrainer. A model of the same file is named so that it would export one of these as well.",
    example: {
      kind: "situation",
      text: "A file with the models Digits and DigitsTrainer, both with a compile clause, is built with --training.",
      arguments: { name: "DigitsTrainer", model: "DigitsTrainer", other: "Digits", place: undefined },
      mended: "The second model is called DigitsTeacher.",
    },
  }),
);

export const backEndDiagnostics = [
  unrollBeyondOptimizer,
  codeTooLarge,
  moduleTooLong,
  inlineWeightsTooLarge,
  slowerTarget,
  targetUnavailable,
  unrollIgnored,
  trainerMissing,
  nothingLearned,
  trainerExportTaken,
];
