import { cosineDecay } from "./cosine-decay.ts";
import { cosineDecayRestarts } from "./cosine-decay-restarts.ts";
import type { ScheduleDefinition } from "./definition.ts";
import { exponentialDecay } from "./exponential-decay.ts";
import { inverseTimeDecay } from "./inverse-time-decay.ts";
import { piecewiseConstantDecay } from "./piecewise-constant-decay.ts";
import { polynomialDecay } from "./polynomial-decay.ts";

/** Keras 3's learning-rate schedules (`keras.optimizers.schedules`). */
export const schedules: readonly ScheduleDefinition[] = [
  exponentialDecay,
  cosineDecay,
  cosineDecayRestarts,
  polynomialDecay,
  piecewiseConstantDecay,
  inverseTimeDecay,
];
