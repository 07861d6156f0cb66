import type { Analysis } from "../analysis.ts";
import { argumentItems } from "../completion/argument-items.ts";
import { bodyItems } from "../completion/body-items.ts";
import type { CompletionItem } from "../completion/completion-item.ts";
import { fileItems } from "../completion/file-items.ts";
import { fromItems, importNameItems } from "../completion/import-items.ts";
import { pathItems } from "../completion/path-items.ts";
import { makeRequest } from "../completion/request.ts";
import { assertionItems } from "../completion/shape-items.ts";
import { valueItems } from "../completion/value-items.ts";
import { cursorAt } from "../cursor/cursor.ts";
import type { Surroundings } from "../surroundings.ts";

/** Characters after which an editor asks by itself. */
export const completionTriggers: readonly string[] = ["(", "=", "[", '"', "/", ",", ">"];

/** What can be written at an offset, whether the text before it is right or not. Whatever is accepted can be parsed. */
export async function complete(
  analysis: Analysis,
  offset: number,
  surroundings: Surroundings = {},
): Promise<readonly CompletionItem[]> {
  const cursor = cursorAt(analysis.source.text, offset, analysis.file);
  const request = makeRequest(analysis, offset, cursor, surroundings);
  const { place } = cursor;
  switch (place.kind) {
    case "nowhere":
      return [];
    case "file":
      return fileItems(request);
    case "body":
      return bodyItems(place, request);
    case "names":
      return importNameItems(place, request);
    case "from":
      return fromItems(request);
    case "path":
      return pathItems(place, request);
    case "argument":
      return argumentItems(request);
    case "axis":
      return valueItems({ type: undefined, isNumber: true, takesDims: true }, request);
    case "assertion":
      return assertionItems(request);
    case "value":
      return valueItems(
        { type: undefined, isNumber: place.of === "repeat", takesDims: false, except: place.name },
        request,
      );
  }
}
