import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Fix, RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { ArgumentSite, ArgumentType, Suggest } from "../definition.ts";
import { foreignValues } from "../foreign-words.ts";
import { inSentence, listWords, shorten } from "./shorten.ts";
import { meantWord, writeMeant } from "./meant-value.ts";
import { helpOfOtherKind } from "./other-kinds.ts";
import { valuePlaces, type Value } from "./value.ts";
import { reportWrongType } from "./wrong-type.ts";

export const keywordAsString = defineDiagnostic(
  "keyword-as-string",
  "error",
  "A keyword value is written as a string, as in Python.",
  (at: { word: string; found: string; place: Span | undefined; related: readonly RelatedPlace[] }) => ({
    message: `Keyword values are written without quotes: expected ${at.word}, found the string "${shorten(at.found)}"`,
    related: at.related,
    ...(at.place === undefined
      ? { help: `write ${at.word}` }
      : { fix: { title: `Write ${at.word}`, edits: [{ span: at.place, text: at.word }] } }),
  }),
  () => ({
    meaning:
      "Activations, initializers, modes and the like are words of the language and are written without quotes, so that a slip is found and arguments can follow: he_normal(seed=7). Strings are for names and paths.",
    example: { kind: "source", source: 'model M { input [4] Dense(3, activation="relu") }' },
  }),
);

export const unknownKeyword = defineDiagnostic(
  "unknown-keyword",
  "error",
  "A keyword value (an activation, an initializer, a mode, ...) does not exist.",
  (at: {
    subject: string;
    noun: string;
    word: string;
    words: readonly string[];
    others: readonly string[];
    /** Where the word stands, quotes included, if it may be edited. */
    place?: Span | undefined;
    /** What it certainly means there. */
    fix?: Fix | undefined;
    suggest?: Suggest | undefined;
    related: readonly RelatedPlace[];
  }) => ({
    message: `There is no ${at.noun} '${shorten(at.word)}' for ${inSentence(at.subject)}`,
    help: helpOfOtherKind(at.word, at.noun) ?? `expected one of ${listWords(at.words)}`,
    ...(at.fix === undefined
      ? didYouMean(
          at.word,
          [...at.words, ...at.others],
          at.place,
          foreignValues,
          (nearest) => at.suggest?.(nearest, at.word) ?? nearest,
        )
      : { fix: at.fix }),
    related: at.related,
  }),
  () => ({
    meaning:
      "The argument takes one of the words that the help lists, such as an activation. They are called as in Keras.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3, activation=reluu) }",
      mended: "model M { input [4] Dense(3, activation=relu) }",
    },
  }),
);

/** How a set of keyword values is read. */
export interface KeywordSet {
  /** In messages: `activation`. */
  readonly noun: string;
  /** After "expected": `an activation`. */
  readonly expected: string;
  /** The words to offer. */
  readonly words: readonly string[];
  /** Whether a word is accepted; also aliases that are not offered. */
  has(word: string): boolean;
}

/**
 * The keyword a value means: the word itself, or the callee of a call. Undefined after reporting an unknown one, one
 * in quotes, or a value of another kind.
 */
export function readKeyword(value: Value, set: KeywordSet, site: ArgumentSite): string | undefined {
  const { span, related } = valuePlaces(value, site);
  const { subject, suggest } = site;
  const unknown = (word: string, at: Span, others: readonly string[]): undefined => {
    const place = value.literal ? at : undefined;
    const fix =
      value.kind === "call" ? undefined : writeMeant(value, meantWord(word, { ...site, expected: set.expected }));
    const { noun, words } = set;
    site.report(unknownKeyword(at, { subject, noun, word, words, others, place, fix, suggest, related }));
  };
  switch (value.kind) {
    case "word":
      return set.has(value.text) ? value.text : unknown(value.text, span, value.namesInScope());
    case "call":
      return set.has(value.callee) ? value.callee : unknown(value.callee, value.calleeSpan, []);
    case "string": {
      const word = wordOf(value.value, set);
      if (word === undefined) return unknown(value.value, span, []);
      const place = placeOf(value);
      const use = value.literal ? [] : [{ span, message: "it is used here" }];
      const places = place === undefined ? related : [...use, ...site.related];
      site.report(keywordAsString(place ?? span, { word, found: value.value, place, related: places }));
      return undefined;
    }
    default:
      return reportWrongType(value, set.expected, site);
  }
}

/** The keyword that a string holds, with its arguments and without the module before it: `relu` of `tf.nn.relu`. */
function wordOf(text: string, set: KeywordSet): string | undefined {
  const [, name, args = ""] = /^(?:[A-Za-z]\w*\.)*([A-Za-z]\w*)(\([\w.,= +-]*\))?$/.exec(text) ?? [];
  return name !== undefined && set.has(name) ? name + args : undefined;
}

/** Where a string stands that is an argument: there, or where a let or the call of a block in the same file gives it. */
function placeOf({ span, literal, from }: Value): Span | undefined {
  if (literal) return span;
  return from?.span.file === span.file ? from.span : undefined;
}

/** One of a few words, such as `fan_in`; kept as a string. Aliases lead to the word they stand for. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  aliases: ReadonlyMap<string, NoInfer<Word>> = new Map(),
): ArgumentType<Word> {
  const expected = `one of ${words.join(", ")}`;
  const find = (text: string): Word | undefined => words.find((word) => word === text) ?? aliases.get(text);
  const set: KeywordSet = {
    noun: "keyword",
    expected,
    words,
    has: (word) => find(word) !== undefined,
  };
  return {
    expected,
    words: [...words, ...aliases.keys()],
    offered: words,
    convert(value, site) {
      if (value.kind === "call") return reportWrongType(value, expected, site);
      const word = readKeyword(value, set, site);
      return word === undefined ? undefined : find(word);
    },
  };
}
