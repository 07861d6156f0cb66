import type { Plans } from "../../../src/passes/plan.ts";
import { workOf, type Work } from "../../../src/passes/work.ts";
import type { LoweredModel } from "../../../src/targets/lowered-model.ts";
import { costs as loopCosts, type Costs as LoopCosts } from "../../../src/targets/typescript/costs.ts";
import { estimateLoops } from "../../../src/targets/typescript/estimate-loops.ts";
import { typescriptTarget } from "../../../src/targets/typescript/target.ts";
import { costs as vectorCosts, type Costs as VectorCosts } from "../../../src/targets/wasm/costs.ts";
import { estimateVectors } from "../../../src/targets/wasm/estimate-vectors.ts";
import { lowerText } from "../estimates/lower.ts";
import { readEstimates, recordedModels } from "../estimates/recorded.ts";
import { table, threeDigits } from "../table.ts";
import type { Part } from "./part.ts";

/** The numbers of a cost model as they are, and as they would be by the recorded measurements. */
interface Fit {
  readonly target: string;
  readonly present: Readonly<Record<string, number>>;
  readonly fitted: Readonly<Record<string, number>>;
  /** The root of the mean square of the logarithms of how far off the expectations are. */
  readonly errors: readonly [present: number, fitted: number];
}

/** Fits the numbers of the cost models to the measurements that results.json has, for whoever changes the code that is generated. */
export const fitPart: Part<readonly Fit[]> = {
  name: "fit",
  title: "The numbers of the cost models, fitted to what is recorded",
  async run() {
    const recorded = recordedModels(readEstimates()).filter(({ group }) => group === "fitted");
    const models = await Promise.all(
      recorded.map(async ({ text, typescript, wasm }) => {
        const { lowered } = await lowerText(text);
        const { plans } = typescriptTarget.plan(lowered, { unroll: "auto" });
        return { lowered, work: workOf(lowered.graph), plans, typescript, wasm };
      }),
    );
    return [
      fit("typescript", loopCosts, (costs) => models.map((model) => [inLoops(model, costs), model.typescript])),
      fit("wasm", vectorCosts, (costs) => models.map((model) => [inVectors(model, costs), model.wasm])),
    ];
  },
  markdown: (fits) =>
    fits
      .map(({ target, present, fitted, errors }) => {
        const rows = Object.entries(present).map(([name, value]) => [name, value, threeDigits(fitted[name] ?? value)]);
        const [before, after] = errors.map((error) => Math.exp(error).toFixed(3));
        return `${target}: off by ${before} now, by ${after} with these\n\n${table(["", "now", "fitted"], rows)}`;
      })
      .join("\n\n"),
};

interface Model {
  readonly lowered: LoweredModel;
  readonly work: readonly Work[];
  readonly plans: Plans;
}

const inLoops = ({ work, plans }: Model, costs: LoopCosts): number => estimateLoops(work, plans, costs);
const inVectors = ({ lowered, work }: Model, costs: VectorCosts): number => estimateVectors(lowered.graph, work, costs);

type Times = readonly (readonly [expected: number, measured: number])[];

/** One number after the other is moved to where the error is least, until none moves. What no model uses stays as it is. */
function fit<Costs extends object>(target: string, present: Costs, timesWith: (costs: Costs) => Times): Fit {
  let best = present;
  let least = errorOf(timesWith(best));
  for (let step = 1.5; step > 1.001; step **= 0.7) {
    for (let moved = true; moved;) {
      moved = false;
      for (const name of (Object.keys(present) as (keyof Costs)[]).filter((key) => key !== "cachedBytes")) {
        for (const factor of [step, 1 / step]) {
          const tried = { ...best, [name]: (best[name] as number) * factor };
          const error = errorOf(timesWith(tried));
          if (error >= least - 1e-5) continue;
          [best, least, moved] = [tried, error, true];
        }
      }
    }
  }
  const numbers = (costs: Costs) => costs as unknown as Readonly<Record<string, number>>;
  return { target, present: numbers(present), fitted: numbers(best), errors: [errorOf(timesWith(present)), least] };
}

function errorOf(times: Times): number {
  const squares = times.map(([expected, measured]) => Math.log(expected / measured) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
