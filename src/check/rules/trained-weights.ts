import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { RelatedPlace } from "../../diagnostics/diagnostic.ts";

export const matrixRegularizer = defineDiagnostic(
  "matrix-regularizer",
  "error",
  "A model is trained in which a regularizer of matrices is chosen for what is none.",
  (at: { identifier: string; layer: string; found: string; related: readonly RelatedPlace[] }) => ({
    message: `'${at.identifier}' compares the rows or columns of a matrix, but ${at.found} of ${at.layer}`,
    help: "l2 takes any shape",
    related: at.related,
  }),
  () => ({
    meaning:
      "orthogonal_regularizer adds to the loss how far the rows or the columns of a matrix are from being orthogonal. It is for a weight of two axes, such as the kernel of a Dense.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3, activity_regularizer=orthogonal_regularizer) compile(adam, mse) }",
      mended: "model M { input [4] Dense(3, kernel_regularizer=orthogonal_regularizer) compile(adam, mse) }",
    },
  }),
);

export const constraintAxis = defineDiagnostic(
  "constraint-axis",
  "error",
  "A model is trained in which a constraint works along an axis that its weight does not have, or along one twice.",
  (at: {
    identifier: string;
    axis: number;
    /** `bias [3] of Dense` */
    weight: string;
    repeated: boolean;
    related: readonly RelatedPlace[];
  }) => ({
    message: at.repeated
      ? `'${at.identifier}' names axis ${at.axis} of the ${at.weight} twice`
      : `'${at.identifier}' works along axis ${at.axis}, which the ${at.weight} does not have`,
    help: "axes of weights are counted from 0, without a batch axis",
    related: at.related,
  }),
  () => ({
    meaning:
      "A constraint measures the length of a weight along the axes that it is given. Weights have no batch axis: 0 is their first one, -1 their last.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3, bias_constraint=max_norm(axis=1)) compile(adam, mse) }",
      mended: "model M { input [4] Dense(3, bias_constraint=max_norm(axis=0)) compile(adam, mse) }",
    },
  }),
);
