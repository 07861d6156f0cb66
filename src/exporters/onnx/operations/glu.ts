import type { Size } from "../../../ir/size.ts";
import type { Emit } from "./emit.ts";

/** `a * sigmoid(b)` of the two halves of an axis. */
export const glu: Emit<"glu"> = ({ axis }, { tensor, writer }) => {
  const size = (tensor.shape[axis] as Size).factor;
  const half = (start: number): string =>
    writer.node("Slice", [
      tensor.name,
      writer.integers([start]),
      writer.integers([start + size / 2]),
      writer.integers([axis + 1]),
    ]);
  const value = half(0);
  return writer.node("Mul", [value, writer.node("Sigmoid", [half(size / 2)])]);
};
