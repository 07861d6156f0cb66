import { documentOf } from "./client.ts";

/** What a client of today declares. */
export const modern = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    hover: { contentFormat: ["markdown", "plaintext"] },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
    signatureHelp: {
      signatureInformation: {
        documentationFormat: ["markdown"],
        parameterInformation: { labelOffsetSupport: true },
        noActiveParameterSupport: true,
      },
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    definition: { linkSupport: true },
    rename: { prepareSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
};

export const blocks = "/// Halves.\nblock Half(units) {\n  Dense(units / 2)\n}\n";

export const main = `import { Half } from "./blocks.layers"

/// A model.
model M {
  input [8]
  Half(16)
  head: Dense(3, activation=softmax)
}
`;

/** The position of a text in another one, and so many characters behind it. */
export function positionOf(wanted: string, behind = 0, text = main) {
  const lines = text.slice(0, text.indexOf(wanted) + behind).split("\n");
  return { line: lines.length - 1, character: (lines.at(-1) as string).length };
}

export function rangeOf(wanted: string, text = main) {
  return { start: positionOf(wanted, 0, text), end: positionOf(wanted, wanted.length, text) };
}

/** A request about a position of `main`. */
export function at(wanted: string, behind = 0) {
  return { ...documentOf(), position: positionOf(wanted, behind) };
}
