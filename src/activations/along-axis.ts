import type { ActivationArguments } from "./definition.ts";

/** The parameter of activations that work along an axis; counted with the batch axis, as in Keras. */
export const axisParameter = {
  name: "axis",
  type: "integer",
  default: -1,
  axis: true,
  doc: "The axis to work along, counted with the batch axis: 1 is the first of the shape, -1 the last.",
} as const;

/** The axis of a shape of that rank, counted from 0 without the batch axis. The argument has been checked. */
export function axisOf(args: ActivationArguments, rank: number): number {
  const axis = (args["axis"] as number | undefined) ?? -1;
  return axis < 0 ? axis + rank : axis - 1;
}
