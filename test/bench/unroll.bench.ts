import { expect, test } from "vitest";
import { generate, randomArray } from "./generate.ts";
import { nanosecondsPerCall, table } from "./measure.ts";

const sizes = [
  [4, 4],
  [8, 8],
  [16, 16],
  [16, 32],
  [32, 32],
  [32, 48],
  [48, 48],
  [64, 64],
] as const;

test("one Dense layer with relu, unrolled and tiled: what the budgets of src/passes/budget.ts rest on", async () => {
  const rows: (string | number)[][] = [];
  for (const [inputs, units] of sizes) {
    const text = `model Layer { input [${inputs}] Dense(${units}, activation=relu) }`;
    const variants = [
      await generate(text, { bound: true, strategy: "straight-line" }),
      await generate(text, { bound: true, strategy: "tiled loops" }),
      await generate(text, { bound: false, strategy: "straight-line" }),
    ];
    const input = randomArray([inputs]);
    const output = new Float32Array(units);
    const [first = [], ...others] = variants.map(({ model }) => [...model.forward(input)]);
    // They add in different orders, in float64.
    for (const other of others) other.forEach((value, at) => expect(value).toBeCloseTo(first[at] as number, 6));
    const times = nanosecondsPerCall(
      variants.map(
        ({ model }) =>
          () =>
            model.forward(input, output),
      ),
    );
    rows.push([inputs * units, ...times.map((time) => Math.round(time).toLocaleString("en-US"))]);
  }
  console.log("\nns per call of one Dense layer with relu:\n");
  console.log(
    table(["multiply-adds", "straight-line, literals", "tiled loops", "straight-line, reading arrays"], rows),
  );
});
