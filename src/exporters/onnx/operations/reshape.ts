import { underShape } from "../view.ts";
import type { Emit } from "./emit.ts";

/** Nothing where the shape stays. */
export const reshape: Emit<"reshape"> = ({ output }, { tensor, writer, graphInput }) =>
  underShape(tensor, output.shape, writer, graphInput);
