import { one, sizesEqual } from "../../ir/size.ts";
import { binaryAccuracy } from "./binary-accuracy.ts";
import { hits } from "./classes.ts";
import { meanResult, meanSums } from "./mean.ts";
import { defineMetric } from "./definition.ts";

/** Keras' rule for the word: by the last axis of the output, and by whether the targets are labels. */
export const accuracy = defineMetric({
  identifier: "accuracy",
  className: "Accuracy",
  aliases: ["acc"],
  doc: "The share of outputs that are right: `binary_accuracy` for one output, else `sparse_categorical_accuracy` where the targets are labels, else `categorical_accuracy`.",
  targets: "either",
  parameters: [],
  countsPlaces: () => true,
  sums(context) {
    const last = context.prediction.shape.at(-1);
    const isSingle = last === undefined || sizesEqual(last, one);
    return isSingle ? binaryAccuracy.sums(context, { threshold: 0.5 }) : meanSums(context, hits(context));
  },
  result: meanResult,
});
