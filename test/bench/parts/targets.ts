import { checkSource } from "../../../src/stages/check-source.ts";
import { lowerModel } from "../../../src/stages/lower-model.ts";
import { planModel } from "../../../src/stages/plan-model.ts";
import { layercEntry } from "../contenders.ts";
import { contestData, type ContestData } from "../contest-data.ts";
import { contest } from "../contest.ts";
import { denseStack, networkSource, type Network } from "../network.ts";
import { table } from "../table.ts";
import type { Part } from "./part.ts";

export const stacks: readonly (readonly [string, Network])[] = [
  ["2-4-1 tanh", denseStack([2, 4, 1], "tanh", "linear")],
  ["4-4 linear", denseStack([4, 4], "linear")],
  ["4-8-1 relu", denseStack([4, 8, 1], "relu", "linear")],
  ["8-8 relu", denseStack([8, 8], "relu")],
  ["4-8-3 relu, softmax", denseStack([4, 8, 3], "relu", "softmax")],
  ["4-16-3 relu, softmax", denseStack([4, 16, 3], "relu", "softmax")],
  ["16-8-4 relu", denseStack([16, 8, 4], "relu", "linear")],
  ["16-16 tanh", denseStack([16, 16], "tanh")],
  ["16-16-16 relu", denseStack([16, 16, 16], "relu")],
  ["16-64-64-8 tanh", denseStack([16, 64, 64, 8], "tanh")],
  ["64-64-32-10 relu, softmax", denseStack([64, 64, 32, 10], "relu", "softmax")],
  ["256-256 relu", denseStack([256, 256], "relu")],
  ["784-128-10 relu, softmax", denseStack([784, 128, 10], "relu", "softmax")],
];

const entries = [
  layercEntry("typescript", { target: "typescript", weights: "inline" }, "typescript"),
  layercEntry("wasm", { target: "wasm", weights: "inline" }, "wasm-relaxed-simd"),
];

interface Compared {
  readonly contest: ContestData;
  /** How many times as fast the cost model expects WebAssembly to be. */
  readonly expected: number;
}

/** Small and larger models on both targets: what the cost model of `costs.ts` of each target rests on. */
export const targetsPart: Part<readonly Compared[]> = {
  name: "targets",
  title: "TypeScript and WebAssembly",
  async run() {
    const found: Compared[] = [];
    for (const [name, network] of stacks) {
      console.error(`targets ${name} ...`);
      const workload = { name: name.replace(/\W+/g, "-"), title: name, network, batch: 1, weights: "inline" } as const;
      const measured = await contest(workload, entries, { warmUp: 500, rounds: 25, milliseconds: 10 });
      found.push({ contest: { ...contestData(measured), workload: name }, expected: await expectedGain(network) });
    }
    return found;
  },
  markdown: (compared) =>
    [
      "ns per call with the weights inside, how many times as fast WebAssembly is, and what the cost model expects:",
      table(
        ["", "TypeScript", "WebAssembly", "gain", "expected"],
        compared.map(({ contest: { workload, nanoseconds }, expected }) => {
          const [typescript, wasm] = entries.map(({ name }) => nanoseconds[name] ?? Number.NaN) as [number, number];
          const rounded = [typescript, wasm].map((time) => Math.round(time).toLocaleString("en-US"));
          return [workload, ...rounded, (typescript / wasm).toFixed(1), expected.toFixed(1)];
        }),
      ),
    ].join("\n\n"),
};

async function expectedGain(network: Network): Promise<number> {
  const { result } = await checkSource(networkSource(network));
  const [model] = result.models;
  if (model === undefined) throw new Error("the model has errors");
  const { choice } = await planModel(lowerModel({ model, binding: { kind: "inline", arrays: new Map() } }));
  return choice.wasmGain;
}
