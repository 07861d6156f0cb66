import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, Fix, RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { ArgumentSite } from "../definition.ts";
import { isForeignConstant, meantValue, meantWord, writeMeant } from "./meant-value.ts";
import { shorten } from "./shorten.ts";
import { describeValue, valuePlaces, type Value } from "./value.ts";

export const argumentType = defineDiagnostic(
  "argument-type",
  "error",
  "An argument has a value of the wrong kind, such as a string for a number.",
  (at: {
    subject: string;
    expected: string;
    found: string;
    related: readonly RelatedPlace[];
    fix?: Fix | undefined;
    help?: string | undefined;
  }) => ({
    message: `${at.subject} must be ${at.expected}, found ${at.found}`,
    related: at.related,
    ...(at.fix === undefined ? {} : { fix: at.fix }),
    ...(at.help === undefined ? {} : { help: at.help }),
  }),
  () => ({
    meaning:
      "The argument takes a value of another kind: a number, a list, true or false, a keyword. The message says which one and what was found.",
    example: { kind: "source", source: "model M { input [4] Dense([3]) }", mended: "model M { input [4] Dense(3) }" },
  }),
);

export const unknownName = defineDiagnostic(
  "unknown-name",
  "error",
  "A name in an expression is not declared.",
  (at: {
    name: string;
    candidates: readonly string[];
    /** Where the name stands, if it may be edited. */
    place?: Span | undefined;
    related?: readonly RelatedPlace[];
    /** Whether it stands for an axis of a shape. */
    isAxis?: boolean;
    /** What a word of another language means there. */
    fix?: Fix | undefined;
  }) => ({
    message: `'${shorten(at.name)}' is not declared`,
    ...(at.fix === undefined
      ? { ...declaring(shorten(at.name), at.isAxis === true), ...didYouMean(at.name, at.candidates, at.place) }
      : { fix: at.fix }),
    related: at.related ?? [],
  }),
  () => ({
    meaning:
      "An expression uses a name that no let, dim, parameter or import declares, and that is no keyword of the language.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(units) }",
      mended: "let units = 3 model M { input [4] Dense(units) }",
    },
  }),
);

/** How a name is declared. */
function declaring(name: string, isAxis: boolean): { readonly help?: string } {
  if (isForeignConstant(name)) return {};
  const help = `declare it outside of the models: let ${name} = ...`;
  return { help: isAxis ? `${help}, or dim ${name} for a size known only at run time` : help };
}

export const unknownFunction = defineDiagnostic(
  "unknown-function",
  "error",
  "An expression calls a function that does not exist.",
  (at: { name: string; candidates: readonly string[]; place?: Span | undefined }) => ({
    message: `There is no function '${shorten(at.name)}'`,
    ...didYouMean(at.name, at.candidates, at.place),
  }),
  () => ({
    meaning:
      "Expressions have no other functions than the built-in ones, such as floor, and the keyword values that take arguments.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(half(6)) }",
      mended: "model M { input [4] Dense(floor(6 / 2)) }",
    },
  }),
);

/** Reports a call of what is no function. */
export function reportUnknownFunction(
  { callee, calleeSpan, literal }: Extract<Value, { kind: "call" }>,
  site: { readonly report: (diagnostic: Diagnostic) => void },
): void {
  const place = literal ? calleeSpan : undefined;
  site.report(unknownFunction(calleeSpan, { name: callee, candidates: ["floor"], place }));
}

/**
 * Reports a value that is not of the expected kind, by its real cause: a misspelt name is an unknown name. `remedy` is what the
 * argument itself has to say.
 */
export function reportWrongType(value: Value, expected: string, site: ArgumentSite, remedy?: string): undefined {
  if (value.kind === "unknown") return;
  const { span, related } = valuePlaces(value, site);
  if (value.kind === "word" && !value.keyword) {
    const place = value.literal ? span : undefined;
    const fix = writeMeant(value, meantWord(value.text, { ...site, expected }));
    site.report(
      unknownName(span, {
        name: value.text,
        candidates: value.namesInScope(),
        place,
        related,
        fix,
      }),
    );
    return;
  }
  if (value.kind === "call" && !value.keyword) {
    reportUnknownFunction(value, site);
    return;
  }
  site.report(
    argumentType(span, {
      subject: site.subject,
      expected,
      found: value.kind === "word" ? `the keyword '${shorten(value.text)}'` : describeValue(value),
      related,
      fix: writeMeant(value, meantValue(value, { ...site, expected })),
      help: remedy ?? typeHelp(value, expected),
    }),
  );
}

function typeHelp(value: Value, expected: string): string | undefined {
  if (value.kind === "dim") return `'${value.name}' is known only at run time`;
  if (value.kind === "list" && expected.startsWith("an activation")) {
    return "a layer has one activation; an Activation(...) behind it applies another";
  }
  if (value.kind === "none" && expected.includes("a dim")) {
    return "for a size known only at run time, declare a dim and write its name";
  }
  return undefined;
}
