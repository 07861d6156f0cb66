import { expect, test } from "vitest";
import { generate, randomArray, type LayerArrays } from "./generate.ts";
import { table } from "./measure.ts";

interface Workload {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly activations: readonly Activation[];
  readonly bias?: false;
  readonly samples: number;
  /** Weights inside of the module, where that is of a sensible size. */
  readonly bound: boolean;
}

type Activation = "relu" | "tanh" | "softmax" | "linear";

const workloads: readonly Workload[] = [
  { name: "T", sizes: [4, 16, 3], activations: ["relu", "softmax"], samples: 10_000, bound: true },
  { name: "S", sizes: [16, 64, 64, 8], activations: ["tanh", "tanh", "tanh"], samples: 2000, bound: true },
  { name: "M", sizes: [784, 128, 10], activations: ["relu", "softmax"], samples: 500, bound: true },
  { name: "L", sizes: [784, 512, 512, 10], activations: ["relu", "relu", "softmax"], samples: 100, bound: false },
  { name: "G", sizes: [100, 25_600], activations: ["linear"], bias: false, samples: 20, bound: false },
  { name: "XL", sizes: [1024, 4096, 4096, 1024], activations: ["relu", "relu", "linear"], samples: 4, bound: false },
];

test("how far generated functions are from float64: the table of src/ir/numerics.md", async () => {
  const rows: string[][] = [];
  for (const workload of workloads) rows.push(await measure(workload));
  console.log("\nErrors against float64:\n");
  const headings = ["model", "sizes", "values", "relative RMS", "max absolute", "max relative", "max error"];
  console.log(table(headings, rows));
});

async function measure({ name, sizes, activations, bias, samples, bound }: Workload): Promise<string[]> {
  const layers = activations.map(
    (activation, at) => `Dense(${sizes[at + 1]}, activation=${activation}, use_bias=${bias ?? true})`,
  );
  const text = `model ${name} { input [${sizes[0]}] ${layers.join(" ")} }`;
  const { model, arrays } = await generate(text, { bound });
  // One array for all samples, from -1 to 1 as a kernel of one row is.
  const inputs = randomArray([1, samples, sizes[0] as number]);
  let squaredError = 0;
  let squares = 0;
  let values = 0;
  let [maxAbsolute, maxRelative, maxError] = [0, 0, 0];
  for (let sample = 0; sample < samples; sample++) {
    const input = inputs.subarray(sample * (sizes[0] as number), (sample + 1) * (sizes[0] as number));
    const computed = model.forward(input);
    reference(input, activations, arrays).forEach((expected, at) => {
      const absolute = Math.abs((computed[at] as number) - expected);
      const magnitude = Math.abs(expected);
      squaredError += absolute ** 2;
      squares += expected ** 2;
      values += 1;
      maxAbsolute = Math.max(maxAbsolute, absolute);
      if (magnitude > 0) maxRelative = Math.max(maxRelative, absolute / magnitude);
      maxError = Math.max(maxError, absolute / Math.max(1, magnitude));
    });
  }
  expect(maxError).toBeLessThan(2e-6);
  const figures = [Math.sqrt(squaredError / squares), maxAbsolute, maxRelative, maxError];
  const functions = [...new Set(activations)].join("/");
  const title = `${sizes.join("-")} ${functions}${bias === false ? ", no bias" : ""}`;
  return [name, title, values.toLocaleString("en-US"), ...figures.map((figure) => figure.toExponential(1))];
}

/** The layers in float64 throughout, with the same float32 weights. */
function reference(input: Float32Array, activations: readonly Activation[], arrays: LayerArrays): Float64Array {
  let values = Float64Array.from(input);
  activations.forEach((activation, at) => {
    const { kernel, bias } = arrays[at === 0 ? "dense" : `dense_${at}`] as {
      kernel: Float32Array;
      bias?: Float32Array;
    };
    const units = kernel.length / values.length;
    const sums = new Float64Array(units);
    values.forEach((value, k) => {
      for (let unit = 0; unit < units; unit++) sums[unit]! += value * (kernel[k * units + unit] as number);
    });
    bias?.forEach((value, unit) => (sums[unit]! += value));
    values = activate(activation, sums);
  });
  return values;
}

function activate(activation: Activation, values: Float64Array): Float64Array<ArrayBuffer> {
  switch (activation) {
    case "linear":
      return Float64Array.from(values);
    case "relu":
      return Float64Array.from(values, (value) => Math.max(value, 0));
    case "tanh":
      return Float64Array.from(values, Math.tanh);
    case "softmax": {
      const largest = Math.max(...values);
      const exps = Float64Array.from(values, (value) => Math.exp(value - largest));
      const sum = exps.reduce((total, value) => total + value, 0);
      return exps.map((value) => value / sum);
    }
  }
}
