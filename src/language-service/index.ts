/** What editors ask of model files that are held open. */
export type { Analysis } from "./analysis.ts";
export { createWorkspace, type Workspace } from "./workspace.ts";
export type { Surroundings } from "./surroundings.ts";
export type { TextEdit } from "./text-edit.ts";
export type { CodeAction } from "./actions/code-action.ts";
export { codeActions } from "./features/code-actions.ts";
export { codeLenses, type CodeLens } from "./features/code-lenses.ts";
export { modelTime } from "./features/model-time.ts";
export { complete, completionTriggers } from "./features/completion.ts";
export type { CompletionItem, CompletionKind } from "./completion/completion-item.ts";
export { findDeclaration, type DeclarationPlace } from "./features/definition.ts";
export { documentHighlights } from "./features/document-highlights.ts";
export { documentLinks, type DocumentLink } from "./features/document-links.ts";
export { documentSymbols, type DocumentSymbol } from "./features/document-symbols.ts";
export { foldingRanges, type FoldingRange } from "./features/folding.ts";
export { formattingEdits, rangeFormattingEdits } from "./features/formatting.ts";
export { hover, type Hover } from "./features/hover.ts";
export { inlayHints, type InlayHint, type InlayHintOptions } from "./features/inlay-hints.ts";
export { linkedEditingRanges } from "./features/linked-editing.ts";
export { findReferences, type Reference } from "./features/references.ts";
export { prepareRename, rename, type RenameResult, type RenameTarget } from "./features/rename.ts";
export { selectionRanges } from "./features/selection-ranges.ts";
export {
  semanticTokenModifiers,
  semanticTokens,
  semanticTokenTypes,
  type SemanticToken,
} from "./features/semantic-tokens.ts";
export { signatureHelp, signatureTriggers, type SignatureHelp } from "./features/signature-help.ts";
export { workspaceSymbols, type WorkspaceSymbol } from "./features/workspace-symbols.ts";
