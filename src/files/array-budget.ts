import { maxArrayBytes, maxInflation, maxRank } from "./limits.ts";
import { product } from "../ir/product.ts";
import { fail } from "./read-failure.ts";

/** Counts the elements of a file's arrays before they are allocated. */
export interface ArrayBudget {
  /** The number of elements of `shape`; fails where the shape is invalid or the file's total goes beyond the limit. */
  take(shape: readonly number[], source: string): number;
}

/** `fileBytes`: how long the file is, where its arrays are packed in it; it can't hold more than deflate unpacks of it. */
export function createArrayBudget(fileBytes = maxArrayBytes): ArrayBudget {
  // Several names of one array would else make many out of a small file. Of an array of bytes four are made of each.
  const most = Math.min(maxArrayBytes, 4 * maxInflation * fileBytes + 4096);
  let elements = 0;
  return {
    take(shape, source) {
      if (shape.length > maxRank) fail("too-large", `'${source}' has ${shape.length} axes, more than ${maxRank}`);
      if (shape.some((size) => !Number.isSafeInteger(size) || size < 0)) {
        fail("damaged", `'${source}' has the impossible shape [${shape.join(", ")}]`);
      }
      // A zero anywhere makes the product zero, whatever the others are.
      const count = shape.includes(0) ? 0 : product(shape);
      elements += count;
      if (elements * 4 > most) {
        fail("too-large", `'${source}' of shape [${shape.join(", ")}] brings the arrays above ${most} bytes`);
      }
      return count;
    },
  };
}
