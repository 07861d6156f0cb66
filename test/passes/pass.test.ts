import { describe, expect, test } from "vitest";
import { addIndex, indexConstant } from "../../src/ir/index-expression.ts";
import type { LoopProgram } from "../../src/ir/loops.ts";
import { verify } from "../../src/ir/verify.ts";
import { mapAccesses } from "../../src/ir/visit-statements.ts";
import { lowerToLoops } from "../../src/lower/graph-to-loops.ts";
import { lowerToGraph } from "../../src/lower/model-to-graph.ts";
import { graphPasses } from "../../src/passes/graph/index.ts";
import { loopPasses, type LoopPass } from "../../src/passes/loops/index.ts";
import { runPasses } from "../../src/passes/pass.ts";
import { vectorPasses } from "../../src/vectors/passes.ts";
import { modelOf } from "../vectors/programs.ts";

const passes = [...graphPasses, ...loopPasses, ...vectorPasses];

test("passes have names of their own, and a line that says what they do", () => {
  expect(new Set(passes.map(({ name }) => name)).size).toBe(passes.length);
  for (const { name, description } of passes) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(description).toMatch(/^[^\n.]{20,110}$/);
  }
});

describe("running passes", () => {
  const context = { options: { unroll: "auto", bound: false }, arrays: new Map() } as const;
  const program = async (): Promise<LoopProgram> =>
    lowerToLoops(lowerToGraph(await modelOf("model Net { input [4]  Dense(4) }")), new Map());
  /** Moves every access on by an element. */
  const broken: LoopPass = {
    name: "off-by-one",
    description: "",
    run: (before) => ({
      ...before,
      kernels: before.kernels.map((kernel) => ({
        ...kernel,
        body: mapAccesses(kernel.body, (index) => addIndex(index, indexConstant(1))),
      })),
    }),
  };
  const [first, ...others] = loopPasses as readonly [LoopPass, ...LoopPass[]];

  test("the verifier names the pass that broke something", async () => {
    const run = async (): Promise<LoopProgram> =>
      runPasses([first, broken, ...others], await program(), context, { verify });
    await expect(run()).rejects.toThrow(
      "after the pass 'off-by-one': loop program of 'copy': access 1..4 of a buffer of 4",
    );
  });

  test("a program that was broken before is no fault of a pass", async () => {
    const before = broken.run(await program(), context);
    expect(() => runPasses(loopPasses, before, context, { verify })).toThrow("before the first pass: loop program of");
  });

  test("passes after the one that is named do not run", async () => {
    const ran: string[] = [];
    const noted = loopPasses.map((pass): LoopPass => ({
      ...pass,
      run(before) {
        ran.push(pass.name);
        return before;
      },
    }));
    runPasses(noted, await program(), context, { until: "unroll" });
    expect(ran).toEqual(["batch", "unroll"]);
    const before = await program();
    expect(runPasses(noted, before, context, { until: "none" })).toBe(before);
    expect(ran.length).toBe(2);
  });
});
