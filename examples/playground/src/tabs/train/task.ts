import type { BuiltModel, CompiledTraining } from "../../model/built.ts";

/** What a model can learn from the data sets. */
export type Task = ClassesTask | CurveTask;

/** Points of the plane -> classes. */
export interface ClassesTask {
  readonly kind: "classes";
  readonly classes: number;
  /** Numbers that the model gives for a point: 1 for two classes, or one for each. */
  readonly outputs: number;
  readonly training: CompiledTraining;
}

/** Places on a line -> values there. */
export interface CurveTask {
  readonly kind: "curve";
  readonly training: CompiledTraining;
}

/** A task, or why there is none. */
export type Fit =
  | { readonly ok: true; readonly task: Task }
  | {
      readonly ok: false;
      readonly reason: string;
      /** The line that is missing, where it is nothing else. */
      readonly missing?: BuiltModel["training"]["missingClause"];
    };

/** Classes have a colour each. */
const mostClasses = 6;

/** What a model can learn here. */
export function taskOf({ name, summary, training }: BuiltModel): Fit {
  const { compiled, missingClause } = training;
  const { inputShape, outputShape } = summary;
  const no = (reason: string): Fit => ({ ok: false, reason });
  const isCurve = isShape(inputShape, 1);
  if (!isCurve && !isShape(inputShape, 2))
    return no(
      `${name} takes inputs [${inputShape.join(", ")}]. What can be looked at while it is learnt are points in the plane, input [2], and curves, input [1].`,
    );
  const [outputs, ...more] = outputShape;
  if (isCurve && !isShape(outputShape, 1))
    return no(
      `${name} gives [${outputShape.join(", ")}] for a number. The data sets with one input are curves, which have one value at each place, [1].`,
    );
  if (typeof outputs !== "number" || more.length > 0)
    return no(
      `${name} gives [${outputShape.join(", ")}] for a point. What can be drawn is one number for two classes, [1], or a number for each class.`,
    );
  const classes = Math.max(2, outputs);
  if (classes > mostClasses)
    return no(
      `${name} tells ${classes} classes apart. Up to ${mostClasses} have a colour here.`,
    );
  if (compiled === undefined)
    return {
      ok: false,
      reason: `${name} has no compile clause, which says how it is trained.`,
      ...(missingClause === undefined ? {} : { missing: missingClause }),
    };
  if (isCurve && compiled.outputs !== "numbers")
    return no(
      `${name} takes one input, and its loss, ${compiled.loss}, is for classes. The data sets with one input are curves: mean_squared_error is a loss for them.`,
    );
  return {
    ok: true,
    task: isCurve
      ? { kind: "curve", training: compiled }
      : { kind: "classes", classes, outputs, training: compiled },
  };
}

function isShape(
  shape: BuiltModel["summary"]["inputShape"],
  size: number,
): boolean {
  return shape.length === 1 && shape[0] === size;
}
