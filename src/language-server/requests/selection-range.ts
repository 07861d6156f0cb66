import { SelectionRangeRequest, type SelectionRange } from "vscode-languageserver";
import { selectionRanges } from "../../language-service/index.ts";
import { checkPosition, documentRequest } from "./define-request.ts";

/** `textDocument/selectionRange` */
export const selectionRange = documentRequest(
  SelectionRangeRequest.type,
  { selectionRangeProvider: true },
  ({ positions }, { analysis, own }) =>
    (positions ?? []).map((position): SelectionRange => {
      const spans = selectionRanges(analysis, own.offset(checkPosition(position, "positions")));
      const outermost = spans.reduceRight<SelectionRange | undefined>(
        (parent, span) => ({ range: own.range(span), ...(parent === undefined ? {} : { parent }) }),
        undefined,
      );
      return outermost ?? { range: { start: position, end: position } };
    }),
);
