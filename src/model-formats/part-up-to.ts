import { fail } from "../files/read-failure.ts";
import { shorten } from "../files/shorten.ts";
import { chainTo } from "../keras/chain-to.ts";
import { isInput, type KerasConfig } from "../keras/keras-config.ts";
import type { WeightContainer } from "../weights/weight-file.ts";
import { unknownOutput } from "./unknown-output.ts";

/**
 * The part of a model that gives the value of the layer called `output`, as a model whose last layer that is; the whole one
 * where none is given. Leaves with `fail` where there is no such layer, and where the part is no chain.
 */
export function partUpTo(root: WeightContainer, output: string | undefined): WeightContainer {
  const { keras, entries } = root;
  if (output === undefined || keras === undefined) return root;
  const part = configUpTo(keras, output);
  const names = new Set(part.layers?.map(({ name }) => name));
  return { ...root, branched: false, keras: part, entries: entries.filter(({ name }) => names.has(name)) };
}

/** The same of a configuration alone. */
export function configUpTo(model: KerasConfig, output: string): KerasConfig {
  const chain = chainTo(model, output);
  switch (chain.kind) {
    case "missing": {
      const layers = (model.layers ?? []).filter((layer) => !isInput(layer));
      return unknownOutput(
        output,
        layers.map(({ name }) => name),
      );
    }
    case "branched":
      return fail("unsupported", `the part up to '${shorten(output, 60)}' is not a chain of layers: ${chain.branch}`);
    case "chain": {
      // What a whole model was trained with says nothing of a part.
      const { branch: _, training: __, ...rest } = model;
      return { ...rest, layers: chain.layers, branched: false };
    }
  }
}
