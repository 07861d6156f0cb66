import { parseJsonConfig } from "../../config/parse-json-config.ts";
import type { ModuleKind } from "../../targets/module-kinds.ts";

/** How the example is called, as a file of that kind of package can be told to. */
export function callLine(module: string, emit: ModuleKind | undefined): string {
  if (emit === "cjs") return `Call the model with: const { xor } = require("${module}"); xor.forward([0, 1])\n`;
  // Beside it a file that ends in .ts may be CommonJS, in which TypeScript and Node refuse an import.
  const where = emit === "mts" ? ", in a file that ends in .mts," : "";
  return `Call the model${where} with: import { xor } from "${module}"; xor.forward([0, 1])\n`;
}

/** What tsc needs to take an import of a module in TypeScript by its name, as Node does; nothing where it does already. */
export function tscLine(emit: ModuleKind, tsconfig: string | undefined): string {
  if (!emit.endsWith("ts") || takesTypeScriptNames(tsconfig)) return "";
  return 'For tsc set "rewriteRelativeImportExtensions": true in the compilerOptions of tsconfig.json\n';
}

/** Either setting lets tsc import files by the names that they have. What a config extends is not looked at. */
function takesTypeScriptNames(tsconfig: string | undefined): boolean {
  const { value } = parseJsonConfig("tsconfig.json", tsconfig ?? "", false);
  const { compilerOptions = {} } = (value ?? {}) as { readonly compilerOptions?: Readonly<Record<string, unknown>> };
  return ["allowImportingTsExtensions", "rewriteRelativeImportExtensions"].some((name) => compilerOptions?.[name]);
}
