import { accuracy } from "./accuracy.ts";
import { auc } from "./auc.ts";
import { binaryAccuracy } from "./binary-accuracy.ts";
import { binaryCrossentropy } from "./binary-crossentropy.ts";
import { categoricalAccuracy } from "./categorical-accuracy.ts";
import { categoricalCrossentropy } from "./categorical-crossentropy.ts";
import { categoricalHinge } from "./categorical-hinge.ts";
import { cosineSimilarity } from "./cosine-similarity.ts";
import type { MetricDefinition } from "./definition.ts";
import { fBetaScore } from "./f-beta-score.ts";
import { f1Score } from "./f1-score.ts";
import { falseNegatives } from "./false-negatives.ts";
import { falsePositives } from "./false-positives.ts";
import { hinge } from "./hinge.ts";
import { klDivergence } from "./kl-divergence.ts";
import { logCoshError } from "./log-cosh-error.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";
import { meanAbsolutePercentageError } from "./mean-absolute-percentage-error.ts";
import { meanSquaredError } from "./mean-squared-error.ts";
import { meanSquaredLogarithmicError } from "./mean-squared-logarithmic-error.ts";
import { poisson } from "./poisson.ts";
import { precision } from "./precision.ts";
import { precisionAtRecall } from "./precision-at-recall.ts";
import { r2Score } from "./r2-score.ts";
import { recall } from "./recall.ts";
import { recallAtPrecision } from "./recall-at-precision.ts";
import { rootMeanSquaredError } from "./root-mean-squared-error.ts";
import { sensitivityAtSpecificity } from "./sensitivity-at-specificity.ts";
import { sparseCategoricalAccuracy } from "./sparse-categorical-accuracy.ts";
import { sparseCategoricalCrossentropy } from "./sparse-categorical-crossentropy.ts";
import { sparseTopKCategoricalAccuracy } from "./sparse-top-k-categorical-accuracy.ts";
import { specificityAtSensitivity } from "./specificity-at-sensitivity.ts";
import { squaredHinge } from "./squared-hinge.ts";
import { topKCategoricalAccuracy } from "./top-k-categorical-accuracy.ts";
import { trueNegatives } from "./true-negatives.ts";
import { truePositives } from "./true-positives.ts";

/** Keras 3's metrics (`keras.metrics`) that the language has. */
export const metrics: readonly MetricDefinition[] = [
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  topKCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  precision,
  recall,
  truePositives,
  falsePositives,
  trueNegatives,
  falseNegatives,
  auc,
  precisionAtRecall,
  recallAtPrecision,
  sensitivityAtSpecificity,
  specificityAtSensitivity,
  f1Score,
  fBetaScore,
  meanSquaredError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  rootMeanSquaredError,
  r2Score,
  cosineSimilarity,
  logCoshError,
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  klDivergence,
  poisson,
  hinge,
  squaredHinge,
  categoricalHinge,
];
