import { CodeActionRequest, type CodeAction as LspCodeAction, type Command } from "vscode-languageserver";
import { codeActions, type CodeAction } from "../../language-service/index.ts";
import { lspDiagnostic } from "../diagnostics/lsp-diagnostic.ts";
import { surroundingsOf } from "../surroundings.ts";
import { workspaceEdit } from "../workspace-edit.ts";
import { rangeRequest, type Asked } from "./define-request.ts";

const kinds: readonly CodeAction["kind"][] = [
  "quickfix",
  "refactor.extract",
  "refactor.inline",
  "refactor.rewrite",
  "source.fixAll",
  "source.organizeImports",
];

/** `textDocument/codeAction` */
export const codeAction = rangeRequest(
  CodeActionRequest.type,
  ({ codeActionLiterals }) => ({
    codeActionProvider: codeActionLiterals ? { codeActionKinds: kinds.map((kind) => `${kind}`) } : true,
  }),
  async (range, asked, { context }) => {
    const { analysis, document, session } = asked;
    const actions = await codeActions(analysis, range, await surroundingsOf(document, session));
    const only = context?.only;
    // The kind "" is that of all.
    const isWanted = (kind: string): boolean =>
      !Array.isArray(only) || only.some((one) => one === "" || kind === one || kind.startsWith(`${one}.`));
    return actions
      .filter(({ kind }) => isWanted(kind))
      .map((action) => (session.client.codeActionLiterals ? lspAction(action, asked) : asCommand(action, asked)));
  },
);

function lspAction({ title, kind, isPreferred, diagnostics, edits }: CodeAction, asked: Asked): LspCodeAction {
  const { analysis, places, session } = asked;
  return {
    title,
    kind,
    ...(isPreferred ? { isPreferred } : {}),
    ...(diagnostics.length === 0
      ? {}
      : { diagnostics: diagnostics.map((diagnostic) => lspDiagnostic(diagnostic, places, session.client)) }),
    edit: workspaceEdit(edits, [analysis], session),
  };
}

/** For clients that take nothing but commands. */
function asCommand({ title, edits }: CodeAction, { analysis, session }: Asked): Command {
  return { title, command: "layerc.applyEdit", arguments: [{ edit: workspaceEdit(edits, [analysis], session) }] };
}
