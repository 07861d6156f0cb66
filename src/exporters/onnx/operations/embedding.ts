import { elementTypes } from "../fields.ts";
import { int } from "../onnx-model.ts";
import type { Emit } from "./emit.ts";

/** Inputs are float32 as in Keras' own exports, so they become integers first. */
export const embedding: Emit<"embedding"> = ({ table }, { tensor, writer }) => {
  const indices = writer.node("Cast", [tensor.name], { to: int(elementTypes.int64) });
  return writer.node("Gather", [writer.weight(table), indices], { axis: int(0) });
};
