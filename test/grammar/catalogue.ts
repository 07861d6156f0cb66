import { checkDiagnostics } from "../../src/check/diagnostics.ts";
import { cliDiagnostics } from "../../src/cli/catalogue.ts";
import { configDiagnostics } from "../../src/config/diagnostics.ts";
import { exportDiagnostics } from "../../src/exporters/diagnostics.ts";
import { importDiagnostics } from "../../src/importers/index.ts";
import { layerDiagnostics } from "../../src/layers/diagnostics.ts";
import { loadDiagnostics } from "../../src/load/index.ts";
import { backEndDiagnostics } from "../../src/passes/diagnostics.ts";
import { syntaxDiagnostics } from "../../src/syntax/index.ts";
import { pluginDiagnostics } from "../../src/unplugin/diagnostics.ts";
import { verifyDiagnostics } from "../../src/verify/verify-diagnostics.ts";
import { weightDiagnostics } from "../../src/weights/weight-diagnostics.ts";

interface Group {
  readonly title: string;
  readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly summary: string }[];
}

/** Every diagnostic of layerc, in the groups of the reference. */
export const catalogue: readonly Group[] = [
  { title: "Syntax", diagnostics: syntaxDiagnostics },
  { title: "Imports", diagnostics: loadDiagnostics },
  { title: "Names, values, bodies and limits", diagnostics: checkDiagnostics },
  { title: "Layers and their arguments", diagnostics: layerDiagnostics },
  { title: "Weights", diagnostics: weightDiagnostics },
  { title: "Models of other tools", diagnostics: importDiagnostics },
  { title: "Exports", diagnostics: exportDiagnostics },
  { title: "Generated code", diagnostics: backEndDiagnostics },
  { title: "Cases and self-tests", diagnostics: verifyDiagnostics },
  { title: "Configuration", diagnostics: configDiagnostics },
  { title: "Command line", diagnostics: cliDiagnostics },
  { title: "Bundlers", diagnostics: pluginDiagnostics },
];
