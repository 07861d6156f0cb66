import type { Analysis } from "../analysis.ts";
import { signatureOf } from "../completion/argument-items.ts";
import { makeRequest } from "../completion/request.ts";
import { cursorAt } from "../cursor/cursor.ts";
import { signatureLabel } from "../describe/call-signature.ts";
import { describeParameter } from "../describe/describe-parameter.ts";

/** What a call takes, with the argument that is being written. */
export interface SignatureHelp {
  /** `Dense(units, activation=linear)` */
  readonly label: string;
  /** Markdown. */
  readonly documentation: string | undefined;
  readonly parameters: readonly {
    /** Where it stands in the label. */
    readonly start: number;
    readonly end: number;
    /** Markdown. */
    readonly documentation: string;
  }[];
  /** The parameter of the argument at the offset; undefined for one that there is not. */
  readonly active: number | undefined;
}

export const signatureTriggers: readonly string[] = ["(", ",", "="];

/** The call around an offset: of calls within one another the innermost that is known. */
export function signatureHelp(analysis: Analysis, offset: number): SignatureHelp | undefined {
  const cursor = cursorAt(analysis.source.text, offset, analysis.file);
  const request = makeRequest(analysis, offset, cursor, {});
  for (const [depth, call] of [...cursor.calls.entries()].toReversed()) {
    const signature = signatureOf(depth, request);
    if (signature === undefined) continue;
    const { label, places } = signatureLabel(signature);
    const named = signature.parameters.findIndex(({ name }) => name === call.name);
    const own = signature.parameters[call.index]?.spec?.keywordOnly === true ? -1 : call.index;
    const at = call.name === undefined ? own : named;
    return {
      label,
      documentation: signature.doc,
      parameters: signature.parameters.map((parameter, index) => ({
        ...(places[index] as { start: number; end: number }),
        documentation: describeParameter(parameter),
      })),
      active: at >= 0 && at < signature.parameters.length ? at : undefined,
    };
  }
  return undefined;
}
