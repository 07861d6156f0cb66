import type { Activation } from "../activations/definition.ts";

/** What a layer with an activation computes, for a reader: `relu(x · kernel + bias)`. */
export function activatedFormula({ definition }: Activation, inner: string): string {
  return definition.name === "linear" ? inner : `${definition.name}(${inner})`;
}
