import { expect, test } from "vitest";
import { generate, randomArray, type LayerArrays } from "./generate.ts";
import { nanosecondsPerCall, table } from "./measure.ts";

interface Workload {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly hidden: "relu" | "tanh";
}

const workloads: readonly Workload[] = [
  { name: "T", sizes: [4, 16, 3], hidden: "relu" },
  { name: "S", sizes: [16, 64, 64, 8], hidden: "tanh" },
  { name: "digits", sizes: [64, 64, 32, 10], hidden: "relu" },
  { name: "M", sizes: [784, 128, 10], hidden: "relu" },
  { name: "L", sizes: [784, 512, 512, 10], hidden: "relu" },
];

test("generated functions beside a naive triple loop", async () => {
  const rows: (string | number)[][] = [];
  for (const { name, sizes, hidden } of workloads) {
    const [inputs = 0, ...units] = sizes;
    const layers = units.map(
      (count, at) => `Dense(${count}, activation=${at < units.length - 1 ? hidden : "softmax"})`,
    );
    const text = `model Net { input [${inputs}] ${layers.join(" ")} }`;
    const bound = await generate(text, { bound: true });
    const unbound = await generate(text, { bound: false });
    const naive = createNaive(bound.arrays, hidden === "relu" ? (x) => Math.max(x, 0) : Math.tanh);

    const input = randomArray([inputs]);
    const output = new Float32Array(units.at(-1) ?? 0);
    bound.model.forward(input).forEach((value, at) => expect(naive(input)[at]).toBeCloseTo(value, 5));
    const times = nanosecondsPerCall([
      () => bound.model.forward(input, output),
      () => unbound.model.forward(input, output),
      () => naive(input),
    ]);
    const [first = 0, second = 0, plain = 0] = times;
    rows.push([
      name,
      sizes.join("-"),
      ...times.map((time) => Math.round(time).toLocaleString("en-US")),
      (plain / first).toFixed(1),
      (plain / second).toFixed(1),
    ]);
  }
  console.log("\nns per call, and how many times as fast as naive loops:\n");
  console.log(
    table(["", "sizes", "weights inside", "weights passed", "naive", "ratio, inside", "ratio, passed"], rows),
  );
});

/** As one would write it by hand. */
function createNaive(arrays: LayerArrays, hidden: (x: number) => number): (input: Float32Array) => Float32Array {
  const layers = Object.values(arrays).map(({ kernel, bias }) => ({
    kernel: kernel as Float32Array,
    bias: bias as Float32Array,
  }));
  return (input) => {
    let x = input;
    layers.forEach(({ kernel, bias }, at) => {
      const y = Float32Array.from(bias);
      for (let unit = 0; unit < y.length; unit++) {
        for (let k = 0; k < x.length; k++) y[unit]! += x[k]! * kernel[k * y.length + unit]!;
      }
      x = at < layers.length - 1 ? y.map((value) => hidden(value)) : softmax(y);
    });
    return x;
  };
}

function softmax(values: Float32Array): Float32Array {
  const maximum = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - maximum));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return powers.map((value) => value / total);
}
