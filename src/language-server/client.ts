import type { ClientCapabilities, InitializeParams } from "vscode-languageserver";
import { chooseEncoding, type Encoding } from "./positions.ts";

/** What a client says that it can do; whatever it leaves out it can't. */
export interface Client {
  readonly encoding: Encoding;
  /** It asks for diagnostics, so that none are pushed. */
  readonly pullsDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly relatedDocuments: boolean;
  readonly diagnosticTags: boolean;
  /** Watches files for the server. */
  readonly watchesFiles: boolean;
  /** Answers `workspace/configuration`. */
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly workspaceFolders: boolean;
  readonly progress: boolean;
  readonly showsDocuments: boolean;
  /** What it draws anew when it is told to. */
  readonly refreshes: Readonly<Record<"diagnostics" | "inlayHint" | "codeLens" | "semanticTokens", boolean>>;
  /** Takes edits with the versions of the documents. */
  readonly documentChanges: boolean;
  readonly snippets: boolean;
  readonly hoverMarkdown: boolean;
  readonly completionMarkdown: boolean;
  readonly signatureMarkdown: boolean;
  /** Takes the places of parameters in the text of a signature, and null for none of them. */
  readonly labelOffsets: boolean;
  readonly noActiveParameter: boolean;
  readonly preparesRename: boolean;
  readonly nestedSymbols: boolean;
  readonly codeActionLiterals: boolean;
  readonly definitionLinks: boolean;
  readonly foldsWholeLines: boolean;
  readonly formatsRanges: boolean;
}

/** Reads the capabilities of a client. Clients send null, and values of other types, where the protocol has none. */
export function readClient(params: InitializeParams): Client {
  const { general, textDocument, workspace, window } = (params.capabilities ?? {}) as ClientCapabilities;
  const markdown = (formats: readonly string[] | null | undefined): boolean =>
    Array.isArray(formats) && formats.includes("markdown");
  const diagnostics = textDocument?.publishDiagnostics;
  const signature = textDocument?.signatureHelp?.signatureInformation;
  return {
    encoding: chooseEncoding(general?.positionEncodings),
    pullsDiagnostics: isObject(textDocument?.diagnostic),
    relatedInformation:
      diagnostics?.relatedInformation === true || textDocument?.diagnostic?.relatedInformation === true,
    relatedDocuments: textDocument?.diagnostic?.relatedDocumentSupport === true,
    diagnosticTags: isObject(diagnostics?.tagSupport) || isObject(textDocument?.diagnostic?.tagSupport),
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
    showsDocuments: window?.showDocument?.support === true,
    refreshes: {
      diagnostics: workspace?.diagnostics?.refreshSupport === true,
      inlayHint: workspace?.inlayHint?.refreshSupport === true,
      codeLens: workspace?.codeLens?.refreshSupport === true,
      semanticTokens: workspace?.semanticTokens?.refreshSupport === true,
    },
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    hoverMarkdown: markdown(textDocument?.hover?.contentFormat),
    completionMarkdown: markdown(textDocument?.completion?.completionItem?.documentationFormat),
    signatureMarkdown: markdown(signature?.documentationFormat),
    labelOffsets: signature?.parameterInformation?.labelOffsetSupport === true,
    noActiveParameter: signature?.noActiveParameterSupport === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    codeActionLiterals: isObject(textDocument?.codeAction?.codeActionLiteralSupport),
    definitionLinks: textDocument?.definition?.linkSupport === true,
    foldsWholeLines: textDocument?.foldingRange?.lineFoldingOnly === true,
    formatsRanges: textDocument?.rangeFormatting?.rangesSupport === true,
  };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
