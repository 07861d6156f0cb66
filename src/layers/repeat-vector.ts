import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { one, staticSize } from "../ir/size.ts";
import { positiveInteger } from "./arguments/numbers.ts";
import { defineLayer } from "./define-layer.ts";
import { rejected } from "./rejected.ts";

export const repeatVectorRank = defineDiagnostic(
  "repeat-vector-rank",
  "error",
  "The input of a RepeatVector is no vector.",
  (at: { title: string; input: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} needs a vector, found ${formatShape(at.input)}`,
    help: "Flatten() makes a vector of any input",
    related: at.related,
  }),
  () => ({
    meaning: "RepeatVector makes a sequence out of one vector, [features] -> [n, features], so its input has one axis.",
    example: {
      kind: "source",
      source: "model M { input [2, 3] RepeatVector(4) }",
      mended: "model M { input [2, 3] Flatten() RepeatVector(4) }",
    },
  }),
);

/** A vector `n` times: `[features] -> [n, features]`. No weights. */
export const repeatVector = defineLayer({
  className: "RepeatVector",
  doc: "Gives a vector several times, as the steps of a sequence.",
  parameters: [{ name: "n", type: positiveInteger, doc: "How many times the vector is given." }],
  build({ config, input, site }) {
    const [features] = input;
    if (features === undefined || input.length !== 1) {
      const { title, related } = site;
      return rejected(repeatVectorRank(site.span, { title, input, related }));
    }
    return { kind: "built", outputShape: [staticSize(config.n), features], weights: [] };
  },
  lower: ({ input, outputShape, graph }) => graph.stridedCopy(input, outputShape, [staticSize(0), one]),
});
