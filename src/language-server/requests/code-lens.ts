import { CodeLensRequest, CodeLensResolveRequest, type CodeLens } from "vscode-languageserver";
import { isObject } from "../../json/is-object.ts";
import { codeLenses, modelTime } from "../../language-service/index.ts";
import { documentRequest, type Request } from "./define-request.ts";

/** `textDocument/codeLens` */
const all = documentRequest(
  CodeLensRequest.type,
  { codeLensProvider: { resolveProvider: true } },
  (_, { analysis, document: { uri }, own, session }) => {
    if (!session.settings.codeLens) return [];
    return codeLenses(analysis).map(({ span, title, model, command }): CodeLens => {
      const range = own.range(span);
      if (title === undefined) return { range, data: { uri, model } };
      if (command === undefined) return { range, command: textOnly(title) };
      return { range, command: { title, command: command.name, arguments: [{ uri, model }] } };
    });
  },
);

/** `codeLens/resolve`, for those that cost more than to look at the model. */
const one: Request = {
  method: CodeLensResolveRequest.method,
  provides: () => ({}),
  async answer(params, session, token) {
    const lens = isObject(params) ? params : {};
    const { uri, model } = isObject(lens["data"]) ? lens["data"] : {};
    if (typeof uri !== "string" || typeof model !== "string") return lens;
    return session.inTurn(async () => {
      const document = token.isCancellationRequested ? undefined : session.documents.get(uri);
      const analysis = document && (await session.projects.analysis(document));
      const title = analysis && (await modelTime(analysis, model));
      return { ...lens, command: textOnly(title ?? "") };
    });
  },
};

/** The lines above models. */
export const codeLensRequests = [all, one];

/** A lens that only says something has a command that is none. */
function textOnly(title: string) {
  return { title, command: "" };
}
