import { codeAction } from "./code-action.ts";
import { codeLensRequests } from "./code-lens.ts";
import { completion } from "./completion.ts";
import type { Request } from "./define-request.ts";
import { definition } from "./definition.ts";
import { diagnostic } from "./diagnostic.ts";
import { documentHighlight } from "./document-highlight.ts";
import { documentLink } from "./document-link.ts";
import { documentSymbol } from "./document-symbol.ts";
import { executeCommand } from "./execute-command.ts";
import { folding } from "./folding.ts";
import { formattingRequests } from "./formatting.ts";
import { hover } from "./hover.ts";
import { inlayHint } from "./inlay-hint.ts";
import { linkedEditingRange } from "./linked-editing-range.ts";
import { references } from "./references.ts";
import { prepareRename, rename } from "./rename.ts";
import { selectionRange } from "./selection-range.ts";
import { semanticTokensRequests } from "./semantic-tokens.ts";
import { signatureHelp } from "./signature-help.ts";
import { workspaceSymbol } from "./workspace-symbol.ts";

/** All that clients ask. */
export const requests: readonly Request[] = [
  diagnostic,
  completion,
  hover,
  signatureHelp,
  definition,
  references,
  documentHighlight,
  prepareRename,
  rename,
  documentSymbol,
  workspaceSymbol,
  documentLink,
  folding,
  selectionRange,
  linkedEditingRange,
  ...semanticTokensRequests,
  inlayHint,
  ...codeLensRequests,
  codeAction,
  ...formattingRequests,
  executeCommand,
];
