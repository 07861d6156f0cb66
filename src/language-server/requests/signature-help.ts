import { SignatureHelpRequest, type ParameterInformation } from "vscode-languageserver";
import { signatureHelp as findSignature, signatureTriggers } from "../../language-service/index.ts";
import { markup } from "../markup.ts";
import { positionRequest, whileTyping } from "./define-request.ts";

/** `textDocument/signatureHelp` */
export const signatureHelp = positionRequest(
  SignatureHelpRequest.type,
  { signatureHelpProvider: { triggerCharacters: [...signatureTriggers] } },
  (offset, { analysis, session: { client } }) => {
    const found = findSignature(analysis, offset);
    if (found === undefined) return null;
    const { label, documentation, active } = found;
    const parameters = found.parameters.map(({ start, end, documentation: said }): ParameterInformation => ({
      label: client.labelOffsets ? [start, end] : label.slice(start, end),
      documentation: markup(said, client.signatureMarkdown),
    }));
    const said = documentation === undefined ? {} : { documentation: markup(documentation, client.signatureMarkdown) };
    // One behind the last, where null can't be said: without any, clients take the first.
    const activeParameter = active ?? (client.noActiveParameter ? null : parameters.length);
    return { signatures: [{ label, parameters, ...said }], activeSignature: 0, activeParameter };
  },
  whileTyping,
);
