import type { SparsemaxOperation } from "../ir/graph.ts";
import { elementCount } from "../ir/shape.ts";
import { multiplySizes, staticSize, type Size } from "../ir/size.ts";
import { alongAxis } from "./along-axis.ts";
import { larger, local, minus, number } from "./values.ts";
import { loop } from "./loop-nest.ts";
import type { OperationLowering } from "./lowering.ts";
import { sparsemaxSupport } from "./sparsemax-support.ts";

/** `max(x - tau, 0)` along the axis. */
export const sparsemax: OperationLowering<SparsemaxOperation> = {
  multiplyAdds: () => staticSize(0),
  readsOnce: false,
  unrolledElements: ({ inputs: [{ shape }], axis }) =>
    multiplySizes(elementCount(shape.slice(axis)), shape[axis] as Size),

  loops({ inputs: [{ shape }], axis }, { inputs: [input], output }) {
    const along = alongAxis(shape, axis);
    const { element, threshold } = sparsemaxSupport(input, along);
    const value = larger(minus(element, local("tau")), number(0));
    return along.everywhere(elementCount(shape.slice(0, axis)), [
      ...threshold,
      ...loop("i", along.size, [{ kind: "store", buffer: output, index: along.element("i"), value }]),
    ]);
  },
};
