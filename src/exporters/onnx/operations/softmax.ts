import { int } from "../onnx-model.ts";
import type { Emit } from "./emit.ts";

/** The axis counts from the batch axis. */
export const softmax: Emit<"softmax"> = ({ axis }, { tensor, writer }) =>
  writer.node("Softmax", [tensor.name], { axis: int(axis + 1) });
