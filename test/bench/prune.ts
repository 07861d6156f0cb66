import { randomFloats } from "./network.ts";

/** What was set to 0 when a network was pruned. */
export interface Pruning {
  /** The part of its weights. */
  readonly zeros: number;
  /**
   * Single weights of every layer, or blocks of 4 inputs by 8 units: of layers of 16 units and more, for a narrow last layer
   * without most of its blocks would read hardly any unit of the layer before it.
   */
  readonly form: "weights" | "blocks";
}

/** Sets some weights of a kernel `[inputs, units]` to 0, in place, the same in every run. */
export function prune(
  kernel: Float32Array,
  { inputs, units }: { readonly inputs: number; readonly units: number },
  { zeros, form }: Pruning,
): void {
  if (form === "blocks" && units < 16) return;
  const [height, width] = form === "blocks" ? [4, 8] : [1, 1];
  const across = Math.ceil(units / width);
  const drawn = randomFloats(`zeros ${inputs} ${units}`, Math.ceil(inputs / height) * across, 1);
  for (let input = 0; input < inputs; input++) {
    for (let unit = 0; unit < units; unit++) {
      const at = Math.floor(input / height) * across + Math.floor(unit / width);
      if ((drawn[at] as number) < 2 * zeros - 1) kernel[input * units + unit] = 0;
    }
  }
}
