import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type { JsonObject } from "../files/json.ts";
import { scriptArgument } from "../keras-scripts/diagnostics.ts";
import type { ScriptPlace } from "../keras-scripts/places.ts";
import type { NamedConstant } from "../keras-scripts/read-script.ts";
import type { GivenArgument, Why } from "../keras-scripts/values.ts";

/** The script that a configuration comes from: where its nodes stand, and how what is in them is written. */
export interface ScriptOrigin {
  /** Of the model. */
  readonly span: Span;
  /** The shape of its input, with the batch axis, where it says one. */
  readonly input: GivenArgument | undefined;
  /** The values that the file may name. */
  readonly constants: ReadonlyMap<string, NamedConstant>;
  /** It is a part of a body, which says its input itself. */
  readonly isPart: boolean;
  placeOf(node: JsonObject): ScriptPlace | undefined;
  textOf(span: Span): string;
}

/** What is said of an argument that has no value without the script being run. */
export function unevaluated(
  { span }: { readonly span: Span },
  { reason, span: place, help }: Why,
  subject: string,
): Diagnostic {
  const isInside = place.file === span.file && place.start >= span.start && place.end <= span.end;
  const related = isInside ? [] : [{ span: place, message: "its value comes from here" }];
  return scriptArgument(isInside ? place : span, { subject, reason, help, related });
}
