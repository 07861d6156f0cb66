import { HoverRequest } from "vscode-languageserver";
import { hover as findHover } from "../../language-service/index.ts";
import { markup } from "../markup.ts";
import { surroundingsOf } from "../surroundings.ts";
import { positionRequest } from "./define-request.ts";

/** `textDocument/hover` */
export const hover = positionRequest(
  HoverRequest.type,
  { hoverProvider: true },
  async (offset, { analysis, document, own, session }) => {
    const found = await findHover(analysis, offset, await surroundingsOf(document, session));
    if (found === undefined) return null;
    return { contents: markup(found.markdown, session.client.hoverMarkdown), range: own.range(found.span) };
  },
);
