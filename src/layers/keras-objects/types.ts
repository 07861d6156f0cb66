import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { RelatedPlace } from "../../diagnostics/diagnostic.ts";
import { readArguments } from "../arguments/config.ts";
import { readKeyword, type KeywordSet } from "../arguments/keyword.ts";
import { inSentence } from "../arguments/shorten.ts";
import { valuePlaces } from "../arguments/value.ts";
import type { ArgumentType, KerasObject } from "../definition.ts";
import { constraints } from "./constraints.ts";
import type { KerasObjectDefinition } from "./definition.ts";
import { initializers } from "./initializers.ts";
import { regularizers } from "./regularizers.ts";

export const needsMatrix = defineDiagnostic(
  "needs-matrix",
  "error",
  "An initializer or regularizer of matrices is chosen for a bias, which is a vector.",
  (at: { identifier: string; subject: string; related: readonly RelatedPlace[] }) => ({
    message: `'${at.identifier}' works on matrices, but ${inSentence(at.subject)} is for a vector`,
    related: at.related,
  }),
  () => ({
    meaning: "The initializer or regularizer is defined for matrices, such as a kernel. A bias is a vector.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3, bias_initializer=orthogonal) }",
      mended: "model M { input [4] Dense(3, kernel_initializer=orthogonal) }",
    },
  }),
);

/** An initializer, as `he_normal` or `he_normal(seed=7)`. */
export const initializer = objectType("initializer", "an initializer", initializers);
/** An initializer that works on a bias vector. */
export const biasInitializer = objectType("initializer", "an initializer", initializers, true);
/** A regularizer, as `l2` or `l2(0.01)`. */
export const regularizer = objectType("regularizer", "a regularizer", regularizers);
/** A regularizer that works on a bias vector. */
export const biasRegularizer = objectType("regularizer", "a regularizer", regularizers, true);
/** A constraint, as `non_neg` or `max_norm(2)`. */
export const constraint = objectType("constraint", "a constraint", constraints);

/** What takes one of `all`, by its name or with arguments; `vector`: for a vector, which some don't work on. */
export function objectType(
  noun: string,
  expected: string,
  all: readonly KerasObjectDefinition[],
  vector = false,
): ArgumentType<KerasObject> {
  const usable = vector ? all.filter((definition) => definition.matrixOnly !== true) : all;
  const byWord = new Map(all.flatMap((definition) => objectWords(definition).map((word) => [word, definition])));
  const set: KeywordSet = {
    noun,
    expected: `${expected} such as ${usable[0]?.identifier ?? ""}`,
    words: usable.map((definition) => definition.identifier),
    has: (word) => byWord.has(word),
  };
  return {
    expected: set.expected,
    words: [...byWord.keys()],
    offered: set.words,
    convert(value, site): KerasObject | undefined {
      const word = readKeyword(value, set, site);
      const definition = word === undefined ? undefined : byWord.get(word);
      if (definition === undefined) return undefined;
      const { kind, identifier, className, parameters, helpOfFormer } = definition;
      if (vector && definition.matrixOnly === true) {
        const { span, related } = valuePlaces(value, site);
        site.report(needsMatrix(span, { identifier, subject: site.subject, related }));
        return undefined;
      }
      const args = value.kind === "call" ? value.args : [];
      const callSite = {
        callee: identifier,
        span: value.span,
        related: site.related,
        report: site.report,
        helpOfUnknown: (name: string) => helpOfFormer?.(name, args),
      };
      const { values, valid } = readArguments(parameters, args, callSite);
      return valid ? { kind, identifier, className, config: values } : undefined;
    },
  };
}

/** Every word that means a Keras object: `random_normal`, `normal`, `RandomNormal`. */
export function objectWords(definition: KerasObjectDefinition): readonly string[] {
  return [definition.identifier, ...(definition.aliases ?? []), definition.className];
}
