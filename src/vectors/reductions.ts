import type { Loop, Statement, Value } from "../ir/loops.ts";
import { forEachValue, type SimpleStatement } from "../ir/visit-statements.ts";
import { add, constant, declare, local, subtract } from "./build.ts";
import { inSteps, isSideBySide, type LaneAxis } from "./lane-axis.ts";
import { carriedLocals, declareCompensation, lost, plain, settled } from "./long-sums.ts";
import { lanes, type VectorStatement, type VectorValue } from "./vector-loops.ts";

/** What a loop accumulates into a local of the statements around it. */
export interface Reduction {
  readonly name: string;
  readonly combine: "sum" | "max";
}

/** Sums and maxima in vectors of partial ones, joined after the loop. */
export function reduced(
  loop: Loop,
  reductions: readonly Reduction[],
  { longSums, longParts }: { readonly longSums: ReadonlySet<string>; readonly longParts: Set<string> },
  simple: (statement: SimpleStatement, axis: LaneAxis | undefined) => readonly VectorStatement[],
): readonly VectorStatement[] {
  const partial = (name: string): string => `${name}Parts`;
  const byName = new Map(reductions.map((reduction) => [reduction.name, reduction]));
  const isLong = ({ name, combine }: Reduction): boolean => combine === "sum" && longSums.has(name);
  for (const reduction of reductions) if (isLong(reduction)) longParts.add(partial(reduction.name));
  // Steps that are left over one by one, where only run time knows how many, are added to the sum itself.
  let hasSingleSteps = false;
  const body = (list: readonly Statement[], axis: LaneAxis | undefined): readonly VectorStatement[] =>
    list.flatMap((statement) => {
      hasSingleSteps ||= axis === undefined;
      const flat = statement as SimpleStatement;
      const reduction = flat.kind === "add" || flat.kind === "set" ? byName.get(flat.name) : undefined;
      if (reduction === undefined || axis === undefined) return simple(flat, axis);
      const isWhole = axis.count === lanes;
      // A last step of fewer lanes is added as it is, to both sums.
      const parts = partial(reduction.name);
      const sums = isWhole || !isLong(reduction) ? [parts] : [parts, plain(parts)];
      return sums.flatMap((name) =>
        simple(renamed(flat, name), axis).map((converted) =>
          converted.kind === "set" && !isWhole ? onFirst(converted, reduction, axis.count) : converted,
        ),
      );
    });
  const steps = inSteps(loop, body);
  return [
    ...reductions.map(({ name, combine }) => declare(partial(name), constant(combine === "sum" ? 0 : -Infinity))),
    ...reductions.filter(isLong).flatMap(({ name }) => declareCompensation(partial(name))),
    ...steps,
    ...reductions.flatMap((reduction): readonly VectorStatement[] => {
      const { name, combine } = reduction;
      const parts = partial(name);
      const across = (operand: VectorValue): VectorValue => ({ kind: "across", combine, operand });
      if (!isLong(reduction)) {
        return [{ kind: "set", name, value: combined(combine, local(name), across(local(parts))) }];
      }
      // Loops around this one may add to the sum too.
      const joined = `${name}Joined`;
      return [
        { kind: "let", name: joined, value: across(settled(parts, subtract(local(parts), local(lost(parts))))) },
        { kind: "set", name, value: add(local(name), local(joined)) },
        { kind: "set", name: plain(name), value: add(local(plain(name)), local(joined)) },
        ...(hasSingleSteps ? [{ kind: "set", name, value: settled(name, local(name)) } as const] : []),
      ];
    }),
  ];
}

/** The first lanes of what is accumulated; nothing is added to the others. */
function onFirst(
  statement: Extract<VectorStatement, { kind: "set" }>,
  { combine }: Reduction,
  count: number,
): VectorStatement {
  const before = local(statement.name);
  const rest = combine === "sum" ? 0 : -Infinity;
  const { value } = statement;
  const term: VectorValue =
    value.kind === "multiply-add"
      ? { kind: "binary", operator: "mul", left: value.a, right: value.b }
      : value.kind === "binary"
        ? value.right
        : value;
  return { ...statement, value: combined(combine, before, { kind: "first", count, operand: term, rest }) };
}

function combined(combine: "sum" | "max", left: VectorValue, right: VectorValue): VectorValue {
  return combine === "sum" ? add(left, right) : { kind: "binary", operator: "max", left, right };
}

function renamed(statement: SimpleStatement, newName: string): SimpleStatement {
  const newLocal: Value = { kind: "local", name: newName };
  if (statement.kind === "add") return { ...statement, name: newName };
  const { value } = statement as { readonly value: Extract<Value, { kind: "binary" }> };
  return { ...statement, name: newName, value: { ...value, left: newLocal } } as SimpleStatement;
}

/** The accumulations of an innermost loop, if that is all it carries from step to step. */
export function reductionsOf(loop: Loop): readonly Reduction[] | undefined {
  if (loop.from !== 0 || loop.step !== 1 || loop.body.some(({ kind }) => kind === "for")) return undefined;
  if (!isSideBySide(loop.body, loop.variable, false)) return undefined;
  const names = carriedLocals(loop.body);
  const reductions = names.map((name) => reductionOf(loop.body, name));
  return reductions.every((reduction) => reduction !== undefined) && reductions.length > 0 ? reductions : undefined;
}

function reductionOf(body: readonly Statement[], name: string): Reduction | undefined {
  const isLocal = (value: Value): boolean => value.kind === "local" && value.name === name;
  const changes = body.filter(
    (statement) => (statement.kind === "add" || statement.kind === "set") && statement.name === name,
  );
  const [change] = changes;
  if (changes.length !== 1 || change === undefined) return undefined;
  let reads = 0;
  forEachValue(body, (value) => {
    if (isLocal(value)) reads++;
  });
  if (change.kind === "add") return reads === 0 ? { name, combine: "sum" } : undefined;
  const { value } = change as { readonly value: Value };
  const isMaximum = value.kind === "binary" && value.operator === "max" && isLocal(value.left);
  return isMaximum && reads === 1 ? { name, combine: "max" } : undefined;
}
