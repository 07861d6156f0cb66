import { binaryCrossentropy } from "./binary-crossentropy.ts";
import { binaryFocalCrossentropy } from "./binary-focal-crossentropy.ts";
import { categoricalCrossentropy } from "./categorical-crossentropy.ts";
import { categoricalFocalCrossentropy } from "./categorical-focal-crossentropy.ts";
import { categoricalHinge } from "./categorical-hinge.ts";
import { cosineSimilarity } from "./cosine-similarity.ts";
import type { LossDefinition } from "./definition.ts";
import { hinge } from "./hinge.ts";
import { huber } from "./huber.ts";
import { klDivergence } from "./kl-divergence.ts";
import { logCosh } from "./log-cosh.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";
import { meanAbsolutePercentageError } from "./mean-absolute-percentage-error.ts";
import { meanSquaredError } from "./mean-squared-error.ts";
import { meanSquaredLogarithmicError } from "./mean-squared-logarithmic-error.ts";
import { poisson } from "./poisson.ts";
import { sparseCategoricalCrossentropy } from "./sparse-categorical-crossentropy.ts";
import { squaredHinge } from "./squared-hinge.ts";

/** Keras 3's losses (`keras.losses`) that the language has. */
export const losses: readonly LossDefinition[] = [
  meanSquaredError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  huber,
  logCosh,
  cosineSimilarity,
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  binaryFocalCrossentropy,
  categoricalFocalCrossentropy,
  klDivergence,
  poisson,
  hinge,
  squaredHinge,
  categoricalHinge,
];
