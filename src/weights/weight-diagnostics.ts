import type { DiagnosticDefinition } from "../diagnostics/define.ts";
import { weightStrays } from "./bind/strays.ts";
import { weightQuantised } from "./bind/quantised.ts";
import { weightArraysMismatch, weightNotFinite, weightShapeMismatch } from "./bind/bind-arrays.ts";
import {
  weightClassMismatch,
  weightLayerCount,
  weightLayerMissing,
  weightModelBranched,
} from "./bind/bind-container.ts";
import { weightsBoundTwice, weightsPartial } from "./bind/bind-weights.ts";
import { weightConfigMismatch } from "./bind/compare-config.ts";
import { weightForwardMismatch, weightOrderMismatch } from "./bind/compare-forward.ts";
import { weightsPrefixUnknown } from "./part-of-file.ts";
import {
  weightsDamaged,
  weightsIncomplete,
  weightsTooLarge,
  weightsUnreadable,
  weightsUnsupported,
} from "./load-weights.ts";

/** Every diagnostic of this folder, for the catalogue. */
export const weightDiagnostics: readonly DiagnosticDefinition<never>[] = [
  weightsUnreadable,
  weightsDamaged,
  weightsIncomplete,
  weightsUnsupported,
  weightsTooLarge,
  weightsBoundTwice,
  weightsPartial,
  weightsPrefixUnknown,
  weightLayerCount,
  weightLayerMissing,
  weightClassMismatch,
  weightModelBranched,
  weightOrderMismatch,
  weightArraysMismatch,
  weightQuantised,
  weightStrays,
  weightShapeMismatch,
  weightConfigMismatch,
  weightForwardMismatch,
  weightNotFinite,
];
