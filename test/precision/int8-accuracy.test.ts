import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runModule } from "../../src/node/run-module.ts";
import { compileCode } from "../targets/support/compile-text.ts";
import { modelOf } from "../targets/support/run-module.ts";

const example = (name: string): URL => new URL(`../../examples/${name}`, import.meta.url);

interface Samples {
  readonly x: readonly (readonly number[])[];
  /** The number of the class of each. */
  readonly y: readonly number[];
}

/** How many samples that it has never seen a model of the examples tells right. */
async function right(name: string, precision: "float32" | "int8", target: "typescript" | "wasm"): Promise<number> {
  const { x, y } = JSON.parse(readFileSync(example(`data/${name}-test.json`), "utf8")) as Samples;
  const { text } = await compileCode(readFileSync(example(`${name}.layers`), "utf8"), {
    precision,
    target,
    emit: "js",
    files: { [`./${name}.keras`]: new Uint8Array(readFileSync(example(`${name}.keras`))) },
  });
  const model = modelOf(await runModule(text), name);
  return x.filter((input, at) => {
    const scores = [...model.forward(input)];
    return scores.indexOf(Math.max(...scores)) === y[at];
  }).length;
}

test.each(["digits", "iris"])(
  "%s: as many samples are told right with int8 as with float32, but for one",
  async (name) => {
    const exact = await right(name, "float32", "typescript");
    expect(exact).toBeGreaterThan(20);
    for (const target of ["typescript", "wasm"] as const) {
      expect(Math.abs((await right(name, "int8", target)) - exact)).toBeLessThanOrEqual(1);
    }
  },
);
