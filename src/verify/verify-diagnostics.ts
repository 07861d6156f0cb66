import type { DiagnosticDefinition } from "../diagnostics/define.ts";
import { casesModelUnclear, casesNoModel, casesUnknownModel } from "../cases/choose-model.ts";
import { casesUnknownLayer } from "../cases/expected-layers.ts";
import { casesComputeTooMuch, casesShape } from "../cases/fit-cases.ts";
import { casesDamaged, casesTooLarge, casesUnsupported } from "../cases/read-cases.ts";
import { selfTestNameTaken, selfTestSampleTooLarge, selfTestShortened } from "./self-test-vectors.ts";
import { verifyRefused, verifyWeightsBound, verifyWeightsMissing } from "./verify-against.ts";
import { verifyDeviates } from "./verify-model.ts";

/** Every diagnostic of this folder, for the catalogue. */
export const verifyDiagnostics: readonly DiagnosticDefinition<never>[] = [
  casesDamaged,
  casesUnsupported,
  casesTooLarge,
  casesNoModel,
  casesModelUnclear,
  casesUnknownModel,
  casesUnknownLayer,
  casesShape,
  casesComputeTooMuch,
  verifyDeviates,
  verifyRefused,
  verifyWeightsMissing,
  verifyWeightsBound,
  selfTestShortened,
  selfTestSampleTooLarge,
  selfTestNameTaken,
];
