import { LinkedEditingRangeRequest } from "vscode-languageserver";
import { linkedEditingRanges } from "../../language-service/index.ts";
import { positionRequest } from "./define-request.ts";

/** `textDocument/linkedEditingRange` */
export const linkedEditingRange = positionRequest(
  LinkedEditingRangeRequest.type,
  { linkedEditingRangeProvider: true },
  (offset, { analysis, own }) => {
    const ranges = linkedEditingRanges(analysis, offset).map((span) => own.range(span));
    return ranges.length === 0 ? null : { ranges };
  },
);
