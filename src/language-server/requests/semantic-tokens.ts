import {
  SemanticTokensBuilder,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  type SemanticTokensOptions,
} from "vscode-languageserver";
import { semanticTokenModifiers, semanticTokens, semanticTokenTypes } from "../../language-service/index.ts";
import type { Session } from "../session.ts";
import { documentRequest, rangeRequest, type Asked, type Request } from "./define-request.ts";

const options: SemanticTokensOptions = {
  legend: { tokenTypes: [...semanticTokenTypes], tokenModifiers: [...semanticTokenModifiers] },
  range: true,
  full: { delta: true },
};

/** What was answered last for each document, of which the next answer says the changes. */
const builders = new WeakMap<Session, Map<string, SemanticTokensBuilder>>();

/** `textDocument/semanticTokens/full`, `…/full/delta` and `…/range` */
export const semanticTokensRequests: readonly Request[] = [
  documentRequest(SemanticTokensRequest.type, { semanticTokensProvider: options }, (_, asked) => {
    const builder = builderOf(asked);
    // A builder that has been asked before begins anew with this.
    builder.previousResult("");
    fill(builder, asked);
    return builder.build();
  }),
  documentRequest(SemanticTokensDeltaRequest.type, {}, ({ previousResultId }, asked) => {
    const builder = builderOf(asked);
    builder.previousResult(String(previousResultId));
    fill(builder, asked);
    return builder.buildEdits();
  }),
  rangeRequest(SemanticTokensRangeRequest.type, {}, (range, asked) => {
    const builder = new SemanticTokensBuilder();
    fill(builder, asked, range);
    return builder.build();
  }),
];

function builderOf({ session, document }: Asked): SemanticTokensBuilder {
  const all = builders.get(session) ?? new Map<string, SemanticTokensBuilder>();
  builders.set(session, all);
  for (const uri of all.keys()) if (session.documents.get(uri) === undefined) all.delete(uri);
  const builder = all.get(document.uri) ?? new SemanticTokensBuilder();
  all.set(document.uri, builder);
  return builder;
}

function fill(
  builder: SemanticTokensBuilder,
  { analysis, own }: Asked,
  range?: { readonly start: number; readonly end: number },
): void {
  for (const { start, end, type, modifiers } of semanticTokens(analysis, range)) {
    const place = own.position(start);
    const length = own.position(end).character - place.character;
    const bits = modifiers.reduce((sum, modifier) => sum | (1 << semanticTokenModifiers.indexOf(modifier)), 0);
    builder.push(place.line, place.character, length, semanticTokenTypes.indexOf(type), bits);
  }
}
