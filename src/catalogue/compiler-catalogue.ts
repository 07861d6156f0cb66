import { checkDiagnostics } from "../check/diagnostics.ts";
import { configDiagnostics } from "../config/diagnostics.ts";
import type { DiagnosticDefinition } from "../diagnostics/define.ts";
import { exportDiagnostics } from "../exporters/diagnostics.ts";
import { fitDiagnostics } from "../fit/diagnostics.ts";
import { importDiagnostics } from "../importers/index.ts";
import { scriptDiagnostics } from "../keras-scripts/diagnostics.ts";
import { layerDiagnostics } from "../layers/diagnostics.ts";
import { loadDiagnostics } from "../load/index.ts";
import { backEndDiagnostics } from "../passes/diagnostics.ts";
import { tooManyDiagnostics } from "../stages/limit-diagnostics.ts";
import { syntaxDiagnostics } from "../syntax/index.ts";
import { verifyDiagnostics } from "../verify/verify-diagnostics.ts";
import { weightDiagnostics } from "../weights/weight-diagnostics.ts";

/** Diagnostics that belong together, under their title in the language reference. */
export interface DiagnosticGroup {
  readonly title: string;
  readonly diagnostics: readonly DiagnosticDefinition<never>[];
}

/** Every diagnostic of the compiler, in the order of the reference; the command line adds its own and the plugin's. */
export const compilerCatalogue: readonly DiagnosticGroup[] = [
  { title: "Syntax", diagnostics: syntaxDiagnostics },
  { title: "Imports", diagnostics: loadDiagnostics },
  { title: "Names, values, bodies and limits", diagnostics: [...checkDiagnostics, tooManyDiagnostics] },
  { title: "Layers and their arguments", diagnostics: layerDiagnostics },
  { title: "Weights", diagnostics: weightDiagnostics },
  { title: "Models of other tools", diagnostics: [...importDiagnostics, ...scriptDiagnostics] },
  { title: "Exports", diagnostics: exportDiagnostics },
  { title: "Generated code", diagnostics: backEndDiagnostics },
  { title: "Cases and self-tests", diagnostics: verifyDiagnostics },
  { title: "Training", diagnostics: fitDiagnostics },
  { title: "Configuration", diagnostics: configDiagnostics },
];
