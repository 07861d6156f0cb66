import type { StepTensor } from "../../../ir/step-graph.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, join, lineComments, types, type Code, type Identifier } from "../code.ts";
import { arrayOf } from "./trainer-arrays.ts";
import type { StepContext } from "./step-functions.ts";
import type { LocalNames } from "./trainer-names.ts";

type Context = StepContext & Pick<LocalNames, "total">;

/**
 * The array in which a sum of a metric goes on from batch to batch. An engine adds in float32, which loses ones from some ten
 * million on: its sums are those of a batch, and what has been seen is added up beside it.
 */
export function totalOf(tensor: StepTensor, unit: TrainerUnit, context: Context): Identifier {
  if (unit.engine === undefined) return arrayOf(tensor, unit, context);
  return context.total(unit.lowered.held.get(tensor.id)?.name ?? "");
}

/** The totals of an engine's sums, and `addSums`, which adds those of a batch. */
export function totalsOf(unit: TrainerUnit, context: Context): readonly Code[] {
  const sums = sumsOf(unit);
  if (unit.engine === undefined || sums.length === 0) return [];
  const declared = sums.map(
    (tensor) =>
      code`const ${totalOf(tensor, unit, context)} = new Float64Array(${arrayOf(tensor, unit, context)}.length);`,
  );
  const added = sums.map(
    (tensor) => code`addSum(${arrayOf(tensor, unit, context)}, ${totalOf(tensor, unit, context)});`,
  );
  return [
    code`${lineComments(["What metrics have summed up over all batches: in float64, for float32 loses ones among many."])}${join(declared, "\n")}`,
    code`const addSum = (sums${types`: Float32Array`}, total${types`: Float64Array`}) => {
for (let i = 0; i < total.length; i++) total[i]${types`!`} += sums[i]${types`!`};
sums.fill(0);
};
const addSums = () => {
${join(added, "\n")}
};`,
  ];
}

/** What follows a program that has summed up a batch. */
export function sumsAdded(unit: TrainerUnit): readonly Code[] {
  return unit.engine === undefined || sumsOf(unit).length === 0 ? [] : [code`addSums();`];
}

/** The totals, where results are computed of them, and the sums of the next batch behind that. */
export function aroundResults(
  unit: TrainerUnit,
  context: Context,
): { readonly before: readonly Code[]; readonly after: readonly Code[] } {
  if (unit.engine === undefined) return { before: [], after: [] };
  const sums = sumsOf(unit);
  return {
    before: sums.map((tensor) => code`${arrayOf(tensor, unit, context)}.set(${totalOf(tensor, unit, context)});`),
    after: sums.map((tensor) => code`${arrayOf(tensor, unit, context)}.fill(0);`),
  };
}

/** The sums of all metrics. */
export function sumsOf({ lowered }: TrainerUnit): readonly StepTensor[] {
  return lowered.program.metrics.flatMap(({ sums }) => sums.map(({ tensor }) => tensor));
}
