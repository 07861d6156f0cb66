import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import type { Combine } from "../ir/graph.ts";
import { local, x } from "../ir/scalar.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { one } from "../ir/size.ts";
import { boolean } from "./arguments/basic.ts";
import { dataFormatParameter } from "./data-format.ts";
import { defineLayer } from "./define-layer.ts";
import type { LayerDefinition } from "./definition.ts";
import { rejected } from "./rejected.ts";

export const poolingRank = defineDiagnostic(
  "pooling-rank",
  "error",
  "The input of a one-dimensional pooling has not two axes, steps and features.",
  (at: { title: string; input: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} needs two axes, steps and features, found ${formatShape(at.input)}`,
    help: "Reshape gives the input other axes",
    related: at.related,
  }),
  () => ({
    meaning: "One-dimensional pooling goes over the steps of a sequence, so its input has two axes, [steps, features].",
    example: {
      kind: "source",
      source: "model M { input [8] GlobalMaxPooling1D() }",
      mended: "model M { input [8] Reshape([4, 2]) GlobalMaxPooling1D() }",
    },
  }),
);

/**
 * One number for each feature over all steps: `[steps, features] -> [features]`, with `keepdims` `[1, features]`; with
 * `data_format=channels_first` features come before steps. No weights.
 */
export function globalPooling1D(className: string, combine: Combine, name: string, doc: string): LayerDefinition {
  const formula = `the ${name} over all steps`;
  return defineLayer({
    className,
    doc,
    parameters: [
      {
        ...dataFormatParameter,
        doc: "The order of the input's axes: `channels_last` is `[steps, features]`, which `none` stands for, `channels_first` is `[features, steps]`.",
      },
      { name: "keepdims", type: boolean, default: false, doc: "Whether the axis of the steps stays, with the size 1." },
    ],
    formula: () => formula,
    build({ config, input, site }) {
      if (input.length !== 2) {
        const { title, related } = site;
        return rejected(poolingRank(site.span, { title, input, related }));
      }
      const steps = stepsAxis(config);
      const outputShape = input.flatMap((size, axis) => {
        if (axis !== steps) return [size];
        return config.keepdims ? [one] : [];
      });
      return { kind: "built", outputShape, weights: [] };
    },
    lower: ({ config, input, outputShape, graph }) =>
      graph.reduceMap(
        input,
        {
          view: input.shape,
          axes: [stepsAxis(config)],
          steps: [{ kind: "reduce", name, combine, term: x }],
          result: { kind: "statistic", value: local(name) },
          formulas: [formula],
        },
        outputShape,
      ),
  });
}

function stepsAxis(config: { readonly data_format: string | null }): number {
  return config.data_format === "channels_first" ? 1 : 0;
}
