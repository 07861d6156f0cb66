import { compilerCatalogue, type DiagnosticGroup } from "../catalogue/compiler-catalogue.ts";
import { pluginDiagnostics } from "../unplugin/diagnostics.ts";
import { cliDiagnostics } from "./diagnostics.ts";

/** Every diagnostic of layerc, in the groups of the language reference. */
export const catalogue: readonly DiagnosticGroup[] = [
  ...compilerCatalogue,
  { title: "Command line", diagnostics: cliDiagnostics },
  { title: "Bundlers", diagnostics: pluginDiagnostics },
];
