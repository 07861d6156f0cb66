import { DocumentSymbolRequest, SymbolKind, type DocumentSymbol as LspSymbol } from "vscode-languageserver";
import { documentSymbols, type DocumentSymbol } from "../../language-service/index.ts";
import { symbolKinds } from "../symbol-kinds.ts";
import { documentRequest, type Asked } from "./define-request.ts";

/** `textDocument/documentSymbol` */
export const documentSymbol = documentRequest(
  DocumentSymbolRequest.type,
  { documentSymbolProvider: { label: "Layers" } },
  (_, asked) => {
    const symbols = documentSymbols(asked.analysis);
    return asked.session.client.nestedSymbols
      ? symbols.map((symbol) => nested(symbol, asked))
      : symbols.flatMap((symbol) => flat(symbol, undefined, asked));
  },
);

function nested({ name, kind, detail, span, selection, children }: DocumentSymbol, asked: Asked): LspSymbol {
  return {
    name: name === "" ? "?" : name,
    kind: symbolKinds[kind],
    range: asked.own.range(span),
    selectionRange: asked.own.range(selection),
    ...(detail === "" ? {} : { detail }),
    children: children.map((child) => nested(child, asked)),
  };
}

/** A symbol and all within it, for clients that know no outline. */
function flat(
  { name, kind, span, children }: DocumentSymbol,
  containerName: string | undefined,
  asked: Asked,
): readonly {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly location: ReturnType<Asked["places"]["location"]>;
}[] {
  const own = {
    name: name === "" ? "?" : name,
    kind: symbolKinds[kind],
    location: asked.places.location(span),
    ...(containerName === undefined ? {} : { containerName }),
  };
  return [own, ...children.flatMap((child) => flat(child, name, asked))];
}
