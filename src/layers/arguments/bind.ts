import { counted } from "../../diagnostics/counted.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { Suggest } from "../definition.ts";
import { foreignArguments } from "../foreign-words.ts";
import { listWords, shorten } from "./shorten.ts";
import type { CallArgument } from "./value.ts";

export const missingArgument = defineDiagnostic(
  "missing-argument",
  "error",
  "A call leaves out an argument that has no default.",
  (at: { callee: string; names: readonly string[]; help?: string | undefined; related: readonly RelatedPlace[] }) => ({
    message: `${at.callee} needs ${at.names.map((name) => `'${name}'`).join(" and ")}`,
    ...(at.help === undefined ? {} : { help: at.help }),
    related: at.related,
  }),
  () => ({
    meaning:
      "The argument has no default, so the call has to give it. Arguments, their order and their defaults are those of Keras.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(activation=relu) }",
      mended: "model M { input [4] Dense(3, activation=relu) }",
    },
  }),
);

export const unknownArgument = defineDiagnostic(
  "unknown-argument",
  "error",
  "A call names an argument that does not exist.",
  (at: {
    callee: string;
    name: string;
    names: readonly string[];
    /** Those of the names that the call doesn't give. */
    free: readonly string[];
    place: Span;
    /** What it is written as, where that is no other name. */
    help?: string | undefined;
    related: readonly RelatedPlace[];
  }) => ({
    message: `${at.callee} has no argument '${shorten(at.name)}'`,
    help: at.help ?? (at.names.length === 0 ? "it takes no arguments" : `it takes ${listWords(at.names)}`),
    ...(at.help === undefined ? didYouMean(at.name, at.free, at.place, foreignArguments) : {}),
    related: at.related,
  }),
  () => ({
    meaning:
      "The layer, block or function has no argument of this name. They are called as in Keras; the help lists them.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(unit=3) }",
    },
  }),
);

export const duplicateArgument = defineDiagnostic(
  "duplicate-argument",
  "error",
  "A call gives one argument twice.",
  (at: { callee: string; name: string; first: Span }) => ({
    message: `'${at.name}' of ${at.callee} is given twice`,
    related: [{ span: at.first, message: "first given here" }],
  }),
  () => ({
    meaning: "An argument is given twice: by its place and by its name, or by its name twice.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3, units=3) }",
      mended: "model M { input [4] Dense(3) }",
    },
  }),
);

export const tooManyArguments = defineDiagnostic(
  "too-many-arguments",
  "error",
  "A call has more arguments than there are parameters.",
  (at: { callee: string; most: number; found: number; related: readonly RelatedPlace[] }) => ({
    message:
      at.most === 0
        ? `${at.callee} takes no arguments, found ${at.found}`
        : `${at.callee} takes at most ${counted(at.most, "argument")}, found ${at.found}`,
    related: at.related,
  }),
  () => ({
    meaning: "The call has more arguments than the layer, block or function has parameters.",
    example: {
      kind: "source",
      source: "model M { input [4] GaussianNoise(0.5, 7, 8) Dense(3) }",
      mended: "model M { input [4] GaussianNoise(0.5, 7) Dense(3) }",
    },
  }),
);

export const positionalAfterNamed = defineDiagnostic(
  "positional-after-named",
  "error",
  "An argument without a name follows one with a name.",
  (at: { callee: string }) => ({
    message: `An argument without a name follows a named one in the call of ${at.callee}`,
    help: "put the arguments without names first, or name this one",
  }),
  () => ({
    meaning:
      "As in Python, arguments without names come first, since they are given to the parameters from left to right.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(units=3, relu) }",
      mended: "model M { input [4] Dense(units=3, activation=relu) }",
    },
  }),
);

/** Where a call stands. */
export interface CallSite {
  /** As messages call it: `Dense`. */
  readonly callee: string;
  /** The call, for what is missing. */
  readonly span: Span;
  readonly related: readonly RelatedPlace[];
  /** What is said where an argument is missing. */
  readonly missing?: string | undefined;
  /** What is suggested for the words of its arguments; absent where it is what is nearest. */
  readonly suggest?: Suggest | undefined;
  report(diagnostic: Diagnostic): void;
  /** What is written instead of an argument that there is not. */
  readonly helpOfUnknown?: (name: string) => string | undefined;
}

/** The arguments of a call by parameter, and whether every mandatory one is there. */
export interface BoundArguments {
  readonly byName: ReadonlyMap<string, CallArgument>;
  readonly complete: boolean;
}

/** A parameter of a call. */
interface Bindable {
  readonly name: string;
  readonly required: boolean;
  /** Whether it has no place, and is given by its name alone. */
  readonly keywordOnly?: boolean | undefined;
}

/** Pairs the arguments of a call with parameters as Python does: by position first, then by name. */
export function bindArguments(
  parameters: readonly Bindable[],
  args: readonly CallArgument[],
  site: CallSite,
): BoundArguments {
  const { callee, related } = site;
  const names = parameters.map((parameter) => parameter.name);
  const positional = parameters.filter(({ keywordOnly }) => keywordOnly !== true);
  const known = new Set(names);
  const given = new Set(args.map(({ name }) => name));
  const byName = new Map<string, CallArgument>();
  let named = false;
  let position = 0;
  // A misspelt or surplus argument is probably the missing one: nothing is said to be missing then.
  let strayed = false;
  const take = (name: string, argument: CallArgument): void => {
    const first = byName.get(name);
    if (first === undefined) byName.set(name, argument);
    else site.report(duplicateArgument(argument.nameSpan ?? argument.span, { callee, name, first: first.span }));
  };
  for (const argument of args) {
    if (argument.name === undefined) {
      const name = positional[position]?.name;
      position += 1;
      if (named) {
        site.report(positionalAfterNamed(argument.span, { callee }));
        strayed = true;
      } else if (name !== undefined) {
        take(name, argument);
      } else if (position === positional.length + 1) {
        const found = args.filter((other) => other.name === undefined).length;
        site.report(tooManyArguments(argument.span, { callee, most: positional.length, found, related }));
        strayed = true;
      }
      continue;
    }
    named = true;
    if (known.has(argument.name)) {
      take(argument.name, argument);
    } else {
      const { name } = argument;
      const place = argument.nameSpan ?? argument.span;
      const free = names.filter((other) => !byName.has(other) && !given.has(other));
      const help = site.helpOfUnknown?.(name);
      const diagnostic = unknownArgument(place, { callee, name, names, free, place, help, related });
      site.report(diagnostic);
      strayed = true;
      // What is wrong with its value is told in the same run, and nothing is computed with a default instead.
      const meant = diagnostic.fix?.edits[0]?.text;
      if (meant !== undefined && !byName.has(meant)) byName.set(meant, argument);
    }
  }
  const missing = parameters.filter((parameter) => parameter.required && !byName.has(parameter.name));
  if (missing.length > 0 && !strayed) {
    const missingNames = missing.map((parameter) => parameter.name);
    site.report(missingArgument(site.span, { callee, names: missingNames, help: site.missing, related }));
  }
  return { byName, complete: missing.length === 0 };
}
