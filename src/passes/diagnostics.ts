import { defineDiagnostic } from "../diagnostics/define.ts";
import { budget } from "./budget.ts";

export const unrollBeyondOptimizer = defineDiagnostic(
  "unroll-beyond-optimizer",
  "warning",
  "A layer that `--unroll full` spells out is larger than what V8 optimises.",
  ({ layer, multiplyAdds, limit }: { layer: string; multiplyAdds: number; limit: number }) => ({
    message: `Unrolling '${layer}' fully makes one function of ${format(multiplyAdds)} multiply-adds, and V8 stops optimising near ${format(limit)}`,
    label: "runs 10 to 40 times slower than loops",
    help: "leave out `--unroll full`: `--unroll auto` unrolls what is faster unrolled",
  }),
);

export const codeTooLarge = defineDiagnostic(
  "code-too-large",
  "error",
  "The unrolled code of a model is beyond a limit.",
  ({ model, multiplyAdds }: { model: string; multiplyAdds: number }) => ({
    message: `Unrolling '${model}' fully spells out ${format(multiplyAdds)} multiply-adds, the limit is ${format(budget.longestCode)}`,
    help: "leave out `--unroll full`",
  }),
);

export const inlineWeightsTooLarge = defineDiagnostic(
  "inline-weights-too-large",
  "error",
  "The weights of a model are too many to be part of a module.",
  ({ model, parameters }: { model: string; parameters: number }) => ({
    message: `'${model}' has ${format(parameters)} parameters, and a module holds at most ${format(budget.inlineParameters)}`,
    help: "write them to a file beside the module with `--weights file`",
  }),
);

export const slowerTarget = defineDiagnostic(
  "slower-target",
  "warning",
  "A model is so small that WebAssembly, which was asked for, is slower than TypeScript.",
  ({ model, gain }: { model: string; gain: string }) => ({
    message: `'${model}' is so small that plain TypeScript is expected to be ${gain} times as fast as WebAssembly`,
    help: "leave out `--target wasm`, or take `--target auto`, which chooses for every model",
  }),
);

export const targetUnavailable = defineDiagnostic(
  "target-unavailable",
  "warning",
  "A model is left to TypeScript, for WebAssembly, which was asked for, can't run it.",
  ({ model, reason }: { model: string; reason: string }) => ({
    message: `'${model}' is compiled to TypeScript only: ${reason}`,
    help: "leave out `--target wasm`, or take `--target auto`, which chooses for every model",
  }),
);

export const unrollIgnored = defineDiagnostic(
  "unroll-ignored",
  "warning",
  "`--unroll` is given together with `--target wasm`, where it changes nothing.",
  ({ model, unroll }: { model: string; unroll: string }) => ({
    message: `\`--unroll ${unroll}\` changes nothing for '${model}', which is compiled to WebAssembly`,
    help: `leave out \`--unroll ${unroll}\`, which is for \`--target typescript\``,
  }),
);

export const backEndDiagnostics = [
  unrollBeyondOptimizer,
  codeTooLarge,
  inlineWeightsTooLarge,
  slowerTarget,
  targetUnavailable,
  unrollIgnored,
];

function format(count: number): string {
  return count.toLocaleString("en-US");
}
