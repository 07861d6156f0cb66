import path from "node:path";
import type { CompileResult } from "../../compile.ts";
import { isObject } from "../../json/is-object.ts";
import type { BuildResult } from "./build-result.ts";

/** An entry of the cache, as JSON. Grows a number in `entryVersion` when its fields change. */
export interface CacheEntry extends Pick<BuildResult, "diagnostics" | "dependencies" | "inlined" | "shared"> {
  /** What it was made from, whole: the version, the compiler, its options and the place. */
  readonly made: string;
  /** All files read, with the digest of their content; null where there was none. */
  readonly reads: readonly (readonly [path: string, digest: string | null])[];
  /** Names as in `GeneratedFile`. */
  readonly outputs: readonly (readonly [name: string, digest: string])[];
  /** Paths of the sources. Their text is in the files. */
  readonly sources: readonly string[];
  /** Without layers, which only `--explain` prints. */
  readonly reports: CompileResult["reports"];
}

export const entryVersion = 3;

/**
 * A value that was found in the cache, if it is an entry that was made from `made`, of a model file. Whoever can write there
 * can put anything into it: what an entry claims is taken only where it has the form that this compiler gives it, and
 * speaks of the files that it was made from.
 */
export function readCacheEntry(value: unknown, made: string, input: string): CacheEntry | undefined {
  if (!isEntry(value) || value.made !== made) return undefined;
  const read = new Set(value.reads.map(([file]) => file));
  const known = (file: string): boolean => read.has(file);
  const spans = value.diagnostics.flatMap((diagnostic) => [
    ...(diagnostic.span === undefined ? [] : [diagnostic.span]),
    ...diagnostic.related.map(({ span }) => span),
    ...(diagnostic.fix?.edits.map(({ span }) => span) ?? []),
  ]);
  const speaksOfItsFiles =
    known(input) && value.sources.every(known) && spans.every(({ file, start, end }) => known(file) && start <= end);
  return speaksOfItsFiles ? value : undefined;
}

type Guard<Value> = (value: unknown) => value is Value;

const isText: Guard<string> = (value) => typeof value === "string";
const isNumber: Guard<number> = (value) => typeof value === "number";
const isOffset: Guard<number> = (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isDigest: Guard<string> = (value): value is string => isText(value) && /^[\w-]{43}$/.test(value);
/** A name in the folder of the outputs, and in no other. */
const isName: Guard<string> = (value): value is string =>
  isText(value) && value !== "" && value !== "." && value !== ".." && path.basename(value) === value;

/** A cached diagnostic is no error: builds with errors are not kept. */
const isSeverity: Guard<"warning" | "hint"> = (value): value is "warning" | "hint" =>
  value === "warning" || value === "hint";

function either<One, Other>(one: Guard<One>, other: Guard<Other>): Guard<One | Other> {
  return (value): value is One | Other => one(value) || other(value);
}

function listOf<Item>(item: Guard<Item>): Guard<readonly Item[]> {
  return (value): value is readonly Item[] => Array.isArray(value) && value.every(item);
}

function pairOf<One, Other>(one: Guard<One>, other: Guard<Other>): Guard<readonly [One, Other]> {
  return (value): value is readonly [One, Other] =>
    Array.isArray(value) && value.length === 2 && one(value[0]) && other(value[1]);
}

type Guards = Readonly<Record<string, Guard<unknown>>>;

/** An object with all these fields, and no other than those, the optional ones, and what `others` is said to be. */
function record(fields: Guards, optional: Guards = {}, others?: Guard<unknown>): Guard<unknown> {
  const guards = new Map(Object.entries({ ...fields, ...optional }));
  return (value): value is unknown =>
    isObject(value) &&
    Object.keys(fields).every((name) => Object.hasOwn(value, name)) &&
    Object.keys(value).every((name) => (guards.get(name) ?? others)?.(value[name]) === true);
}

const isNull: Guard<null> = (value) => value === null;
const isNothing: Guard<readonly never[]> = (value): value is readonly never[] =>
  Array.isArray(value) && value.length === 0;
const isSpan = record({ file: isText, start: isOffset, end: isOffset });
const isModel = { name: isText, exportName: isText };

/** What speaks for a target: texts, and how much others gain. */
const isChoice = record({ target: isText, reason: isText }, {}, isNumber);

const isEntry = record({
  made: isText,
  reads: listOf(pairOf(isText, either(isDigest, isNull))),
  outputs: listOf(pairOf(isName, isDigest)),
  sources: listOf(isText),
  dependencies: listOf(isText),
  diagnostics: listOf(
    record(
      {
        code: isText,
        severity: isSeverity,
        message: isText,
        related: listOf(record({ span: isSpan, message: isText })),
      },
      {
        label: isText,
        span: isSpan,
        help: isText,
        fix: record({ title: isText, edits: listOf(record({ span: isSpan, text: isText })) }),
      },
    ),
  ),
  inlined: listOf(record(isModel)),
  shared: listOf(record({ ...isModel, weightFile: isText })),
  reports: listOf(record({ model: isText, target: isChoice, layers: isNothing })),
}) as Guard<CacheEntry>;
