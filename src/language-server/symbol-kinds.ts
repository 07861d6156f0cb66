import { SymbolKind } from "vscode-languageserver";
import type { DocumentSymbol } from "../language-service/index.ts";

/** What the parts of a model file are among the kinds of the protocol, which was made for programs. */
export const symbolKinds: Readonly<Record<DocumentSymbol["kind"], SymbolKind>> = {
  let: SymbolKind.Constant,
  dim: SymbolKind.TypeParameter,
  block: SymbolKind.Function,
  model: SymbolKind.Class,
  parameter: SymbolKind.Variable,
  layer: SymbolKind.Field,
  repeat: SymbolKind.Namespace,
  input: SymbolKind.Property,
  weights: SymbolKind.File,
  labels: SymbolKind.Array,
  compile: SymbolKind.Event,
};
