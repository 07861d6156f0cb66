import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Fix, RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import type { ArgumentSite, ArgumentType, ConfigValue } from "../definition.ts";
import { reportWrongType } from "./wrong-type.ts";
import { valuePlaces, type Value } from "./value.ts";

export const argumentRange = defineDiagnostic(
  "argument-range",
  "error",
  "A number lies outside of what an argument allows.",
  (at: RangeArguments) => ({
    message: `${at.subject} must be ${at.expected}, found ${at.found}`,
    ...(at.computed ? { label: `this is ${at.found}` } : {}),
    related: at.related,
    ...leftOut(at),
    ...percentage(at),
  }),
  () => ({
    meaning:
      "The number is of the right kind, but outside of what the argument allows: units are positive, a rate lies between 0 and 1.",
    example: {
      kind: "source",
      source: "model M { input [4] Dropout(1.5) Dense(3) }",
      mended: "model M { input [4] Dropout(0.5) Dense(3) }",
    },
  }),
);

export const notAnInteger = defineDiagnostic(
  "not-an-integer",
  "error",
  "A number with a fraction, or one too large to be exact, stands where an integer is needed.",
  (at: RangeArguments) => ({
    message: Number.isInteger(at.found)
      ? `${at.subject} must be ${at.expected}, found ${at.found}, which is beyond the integers that are exact (2^53 - 1)`
      : `${at.subject} must be ${at.expected}, found ${at.found}`,
    ...(at.computed ? { label: `this is ${at.found}` } : {}),
    related: at.related,
    ...(Number.isInteger(at.found) || !at.computed ? {} : { help: "floor() rounds down" }),
  }),
  () => ({
    meaning:
      "Sizes and counts are whole numbers, exact ones: at most 2^53 - 1. Division gives fractions, as in Python; floor() rounds down.",
    example: {
      kind: "source",
      source: "let width = 7 model M { input [4] Dense(width / 2) }",
      mended: "let width = 7 model M { input [4] Dense(floor(width / 2)) }",
    },
  }),
);

/** What there is without the argument. */
function leftOut({ preset }: RangeArguments): { help?: string } {
  return typeof preset === "number" || preset === null ? { help: `left out, it is ${preset ?? "none"}` } : {};
}

/** A rate above 1 that is written there is one in percent. */
function percentage({ subject, expected, found, place }: RangeArguments): { help?: string; fix?: Fix } {
  const isShare = expected === rateExpected || expected === belowOneExpected;
  if (!isShare || !subject.startsWith("'rate'") || !Number.isInteger(found) || found < 2 || found > 99) return {};
  const text = String(found / 100);
  const help = `a rate is a fraction: ${text} for ${found} percent`;
  return place === undefined ? { help } : { help, fix: { title: `Write ${text}`, edits: [{ span: place, text }] } };
}

const rateExpected = "a number between 0 and 1";
const belowOneExpected = "a number of at least 0 and below 1";

interface RangeArguments {
  /** Where the number stands, if it is written there. */
  readonly place?: Span | undefined;
  readonly subject: string;
  readonly expected: string;
  readonly preset?: ConfigValue | undefined;
  readonly found: number;
  readonly computed: boolean;
  readonly related: readonly RelatedPlace[];
}

interface Range {
  readonly expected: string;
  readonly accepts: (value: number) => boolean;
}

function numberType(range: Range, integer: boolean): ArgumentType<number> {
  const { expected } = range;
  return {
    expected,
    convert(value: Value, site: ArgumentSite) {
      if (value.kind !== "number") return reportWrongType(value, expected, site);
      const found = value.value;
      const { span, related } = valuePlaces(value, site);
      const place = value.literal ? span : undefined;
      const { subject, preset } = site;
      const details = { subject, expected, preset, found, computed: !value.literal, related, place };
      if (integer && !Number.isSafeInteger(found)) {
        site.report(notAnInteger(span, details));
        return undefined;
      }
      if (!range.accepts(found)) {
        site.report(argumentRange(span, details));
        return undefined;
      }
      // -0 is an integer that prints as 0 and compares as 0; keep it out of the configs.
      return found === 0 ? 0 : found;
    },
  };
}

/** Any finite number. */
export const number = numberType({ expected: "a number", accepts: () => true }, false);

export const nonNegativeNumber = numberType(
  { expected: "a non-negative number", accepts: (value) => value >= 0 },
  false,
);

/** For a number that divides. */
export const nonZeroNumber = numberType({ expected: "a number other than 0", accepts: (value) => value !== 0 }, false);

export const positiveNumber = numberType({ expected: "a positive number", accepts: (value) => value > 0 }, false);

export const nonPositiveNumber = numberType(
  { expected: "a number of at most 0", accepts: (value) => value <= 0 },
  false,
);

/** For a share of which 1 would leave nothing to divide by. */
export const numberBelowOne = numberType(
  { expected: belowOneExpected, accepts: (value) => value >= 0 && value < 1 },
  false,
);

/** For a share of which 0 would leave nothing. */
export const positiveShare = numberType(
  { expected: "a number above 0 and at most 1", accepts: (value) => value > 0 && value <= 1 },
  false,
);

/** Both ends belong to the range. */
export function numberBetween(minimum: number, maximum: number): ArgumentType<number> {
  return numberType(
    {
      expected: `a number between ${minimum} and ${maximum}`,
      accepts: (value) => value >= minimum && value <= maximum,
    },
    false,
  );
}

/** A number of at least `minimum`. */
export function numberFrom(minimum: number): ArgumentType<number> {
  if (minimum === 0) return nonNegativeNumber;
  return numberType({ expected: `a number of at least ${minimum}`, accepts: (value) => value >= minimum }, false);
}

/** An integer JavaScript holds exactly. */
export const integer = numberType({ expected: "an integer", accepts: () => true }, true);

export const positiveInteger = numberType({ expected: "a positive integer", accepts: (value) => value > 0 }, true);

export const nonNegativeInteger = numberType(
  { expected: "a non-negative integer", accepts: (value) => value >= 0 },
  true,
);

/** An integer of at least `minimum`. */
export function integerFrom(minimum: number): ArgumentType<number> {
  return numberType({ expected: `an integer of at least ${minimum}`, accepts: (value) => value >= minimum }, true);
}
