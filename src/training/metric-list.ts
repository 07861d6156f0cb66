import { argumentType } from "../layers/arguments/wrong-type.ts";
import { listOf } from "../layers/arguments/basic.ts";
import { valuePlaces, type Value } from "../layers/arguments/value.ts";
import type { ArgumentType, KerasObject } from "../layers/definition.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { metric } from "./objects.ts";

const expected = "a list of metrics such as [accuracy]";
const list = listOf(metric, expected);

/** What `metrics` takes: a list, or `none` for an empty one. A single metric needs its brackets, as in Keras. */
export const metricList: ArgumentType<readonly KerasObject[]> = {
  expected,
  item: metric,
  ...(metric.words === undefined ? {} : { words: metric.words }),
  convert(value, site) {
    if (value.kind === "none") return [];
    const fix = bracketed(value);
    if (fix === undefined) return list.convert(value, site);
    const { span, related } = valuePlaces(value, site);
    const found = "a metric without brackets";
    site.report(argumentType(span, { subject: site.subject, expected, found, related, fix }));
    return undefined;
  },
};

/** The brackets around a single metric, where it is written there. */
function bracketed(value: Value): Fix | undefined {
  const { kind, span, literal } = value;
  if (!literal || !(kind === "word" || kind === "call" || kind === "string")) return undefined;
  const word = kind === "call" ? value.callee : kind === "word" ? value.text : value.value;
  if (metric.words?.includes(word) !== true) return undefined;
  if (kind !== "call") return { title: `Write [${word}]`, edits: [{ span, text: `[${word}]` }] };
  const edits = [
    { span: { ...span, end: span.start }, text: "[" },
    { span: { ...span, start: span.end }, text: "]" },
  ];
  return { title: "Insert '[' and ']'", edits };
}
