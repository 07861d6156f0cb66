import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { RunMode } from "../random/instantiate.ts";
import type { LayerCase } from "../random/layer-case.ts";
import { layerCases } from "../random/layer-table.ts";
import { runModes, runStack } from "../random/run-stack.ts";
import { buildStack, stackPick, type Stack } from "../random/stack.ts";

/** How many models are tried. */
const budget = Number(process.env["RANDOM_MODELS"] ?? 3000);
const seed = Number(process.env["RANDOM_SEED"] ?? 20_260_102);

/**
 * TensorFlow.js' kernels compute in float32 where generated code has float64: their errors, and not the compiler's, need
 * this much. The formulas of `test/random` are compared more closely.
 */
const tolerance = 2e-4;

/** What is used of TensorFlow.js; its own types need its installation. */
interface Tensor {
  dataSync(): Float32Array;
}

interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  tidy<T>(action: () => T): T;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
}

interface TfLayer {
  setWeights(weights: readonly Tensor[]): void;
}

interface TfLayers {
  readonly layers: Readonly<Record<string, (config: object) => TfLayer>>;
  sequential(options: { readonly layers: readonly TfLayer[] }): { predict(input: Tensor): Tensor; dispose(): void };
}

const folder = fileURLToPath(new URL("reference/", import.meta.url));
let tf: TensorFlow;
let tfl: TfLayers;

beforeAll(async () => {
  const require = createRequire(`${folder}package.json`);
  tf = require("@tensorflow/tfjs-core") as TensorFlow;
  // Registers itself.
  createRequire(`${folder}package.json`)("@tensorflow/tfjs-backend-cpu");
  tfl = require("@tensorflow/tfjs-layers") as TfLayers;
  await tf.setBackend("cpu");
});

/** Limits of TensorFlow.js that Keras does not have; the rank is without the batch axis. */
function takesRank(layer: string, rank: number): boolean {
  if (layer === "flatten") return rank >= 2;
  return !["batchNormalization", "layerNormalization"].includes(layer) || rank <= 3;
}

/** The lines of the table, for arguments that TensorFlow.js has too. */
const table: readonly LayerCase[] = layerCases.map(({ className, choose }) => ({
  className,
  choose(site) {
    for (let attempt = 0; attempt < 10; attempt++) {
      const choice = choose({ ...site, pick: (count) => (site.pick(count) + attempt) % count });
      if (choice?.tfjs !== undefined && takesRank(choice.tfjs.layer, site.shape.length)) return choice;
    }
    return undefined;
  },
}));

test("random models compute what TensorFlow.js computes", { timeout: 600_000 }, async () => {
  const tried = new Map<string, number>();
  let models = 0;
  await fc.assert(
    fc.asyncProperty(stackPick, fc.nat(runModes.length - 1), async (pick, mode) => {
      // Its dense layers take tensors of up to 4 axes besides the batch.
      const stack = buildStack({ ...pick, input: pick.input.slice(0, 4) }, table);
      models += 1;
      for (const { choice } of stack.layers) {
        const name = choice.tfjs?.layer ?? "";
        tried.set(name, (tried.get(name) ?? 0) + 1);
      }
      await compareStack(stack, runModes[mode] as RunMode);
    }),
    { numRuns: budget, seed },
  );
  const counts = [...tried].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`);
  console.log(`${models} random models agree with TensorFlow.js; layers: ${counts.join(", ")}`);
  expect(models).toBeGreaterThanOrEqual(budget);
});

async function compareStack(stack: Stack, mode: RunMode): Promise<void> {
  if (stack.layers.length === 0) return;
  const { batch } = await runStack(stack, mode);
  const expected = runTensorFlow(stack);
  const title = `${JSON.stringify(mode)} ${JSON.stringify(stack.dims)}\n${stack.text}`;
  if (batch.length !== expected.length) throw new Error(`${title}${batch.length} values, expected ${expected.length}`);
  expected.forEach((value, at) => {
    const computed = batch[at] as number;
    if (Math.abs(computed - value) <= tolerance * Math.max(1, Math.abs(value))) return;
    throw new Error(`${title}value ${at}: ${computed}, expected ${value}`);
  });
}

function runTensorFlow({ layers, samples }: Stack): Float32Array {
  const [first] = samples;
  const shape = first?.input.shape ?? [];
  return tf.tidy(() => {
    const made = layers.map(({ choice }, position) => {
      const { layer, config } = choice.tfjs as { readonly layer: string; readonly config: object };
      const create = tfl.layers[layer];
      if (create === undefined) throw new Error(`TensorFlow.js has no layer '${layer}'`);
      return create({ ...config, ...(position === 0 ? { inputShape: shape } : {}) });
    });
    const model = tfl.sequential({ layers: made });
    layers.forEach(({ weights }, position) => {
      const tensors = [...weights.values()].map((array) => tf.tensor(Float32Array.from(array.data), array.shape));
      if (tensors.length > 0) made[position]?.setWeights(tensors);
    });
    const inputs = Float32Array.from(samples.flatMap(({ input }) => [...input.data]));
    const result = Float32Array.from(model.predict(tf.tensor(inputs, [samples.length, ...shape])).dataSync());
    model.dispose();
    return result;
  });
}
