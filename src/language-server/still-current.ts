import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { Analysis } from "../language-service/analysis.ts";

/**
 * Whether analyses are of the texts that are open now, and all of one text of each other file: the places of an analysis move when
 * a file that it has read is read anew.
 */
export function areCurrent(analyses: readonly Analysis[], textNow: (path: string) => string | undefined): boolean {
  const texts = new Map<string, string>();
  return analyses.every(({ program }) =>
    [...program.files.values()].every(({ source: { path, text } }) => {
      const expected = textNow(path) ?? texts.get(path) ?? text;
      texts.set(path, expected);
      return text === expected;
    }),
  );
}

/** The answer to a question about a text that is another one by now. Editors show nothing of it, and ask again where they need to. */
export function contentModified(): ResponseError {
  return new ResponseError(LSPErrorCodes.ContentModified, "the text has changed since it was asked about");
}
