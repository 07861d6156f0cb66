import { PrepareRenameRequest, RenameRequest } from "vscode-languageserver";
import { prepareRename as findTarget, rename as findEdits } from "../../language-service/index.ts";
import { Refusal } from "../guard.ts";
import { analyzeImporters } from "../importers.ts";
import { workspaceEdit } from "../workspace-edit.ts";
import { positionRequest } from "./define-request.ts";

/** `textDocument/prepareRename` */
export const prepareRename = positionRequest(PrepareRenameRequest.type, {}, (offset, { analysis, own }) => {
  const target = findTarget(analysis, offset);
  if (target === undefined) return null;
  if (!target.ok) throw new Refusal(target.reason);
  return { range: own.range(target.value.span), placeholder: target.value.text };
});

/** `textDocument/rename`, in all files of the project that use the name. */
export const rename = positionRequest(
  RenameRequest.type,
  ({ preparesRename }) => ({ renameProvider: preparesRename ? { prepareProvider: true } : true }),
  async (offset, asked, { newName }) => {
    const { analysis, session } = asked;
    const others = await analyzeImporters(asked, offset);
    const edits = findEdits(analysis, offset, String(newName), others);
    if (!edits.ok) throw new Refusal(edits.reason);
    return workspaceEdit(edits.value, [analysis, ...others], session);
  },
);
