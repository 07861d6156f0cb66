import type { Place } from "./chain.ts";

/** The axes of a tensor, the batch axis included where it has one. */
export function rankOf({ sizes, batched }: Pick<Place, "sizes" | "batched">): number {
  return sizes.length + (batched ? 1 : 0);
}
