import type { Size } from "../../../ir/size.ts";
import { elementTypes } from "../fields.ts";
import { int } from "../onnx-model.ts";
import type { Emit } from "./emit.ts";

/** Keras' steps (see `ops/sparsemax.ts`): sort, cumulate, find the support, subtract its threshold. */
export const sparsemax: Emit<"sparsemax"> = ({ axis }, { tensor, writer }) => {
  const { node, scalar, integers } = writer;
  const size = (tensor.shape[axis] as Size).factor;
  const place = integers([axis + 1]);
  const along = { axis: int(axis + 1) };
  const sorted = node("TopK", [tensor.name, integers([size])], along, 2);
  // CumSum takes its axis as a list of one, too.
  const cumulative = node("CumSum", [sorted, place]);
  const ranks = writer.constant(
    "ranks",
    [size, ...tensor.shape.slice(axis + 1).map(() => 1)],
    Float32Array.from({ length: size }, (_, at) => at + 1),
  );
  const isIn = node("Greater", [node("Add", [scalar(1), node("Mul", [ranks, sorted])]), cumulative]);
  const support = node("ReduceSum", [node("Cast", [isIn], { to: int(elementTypes.float) }), place]);
  const total = node("ReduceSum", [node("Where", [isIn, cumulative, scalar(0)]), place]);
  const tau = node("Div", [node("Sub", [total, scalar(1)]), support]);
  return node("Max", [node("Sub", [tensor.name, tau]), scalar(0)]);
};
