import type { Diagnostic, Fix, Span } from "../diagnostics/diagnostic.ts";
import * as brackets from "./bracket-diagnostics.ts";
import { pythonImport } from "./foreign-imports.ts";
import { dottedName } from "./dialects/dotted-names.ts";
import { dialectDiagnostics } from "./dialects/index.ts";
import { foreignOperator } from "./foreign-operators.ts";
import { hashComment } from "./mend-tokens.ts";
import { unexpectedCharacter } from "./unexpected-character.ts";
import { wrongQuotes } from "./wrong-quotes.ts";

/** The codes of what one does again and again. */
const habits: ReadonlySet<string> = new Set(
  [
    brackets.missingComma,
    brackets.strayComma,
    brackets.semicolon,
    brackets.labelEquals,
    brackets.argumentColon,
    brackets.pythonConstant,
    foreignOperator,
    unexpectedCharacter,
    pythonImport,
    hashComment,
    wrongQuotes,
    ...dialectDiagnostics,
  ].map(({ code }) => code),
);

/**
 * Makes one diagnostic of neighbours that say the same of the same habit, such as a semicolon behind every layer: at the first place,
 * with the others as related places and one fix for all. Diagnostics come in the order of their places.
 */
export function mergeHabits(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const merged: (Diagnostic | Habit)[] = [];
  const open = new Map<string, Habit>();
  for (const diagnostic of diagnostics) {
    const { code, fix, message, span } = diagnostic;
    if (!habits.has(code) || fix === undefined || span === undefined) {
      merged.push(diagnostic);
      continue;
    }
    const key = keyOf(code, message);
    const habit = open.get(key);
    if (habit === undefined || touches(habit, fix)) {
      const begun = { first: diagnostic, others: [], starts: startsOf(fix), last: fix };
      open.set(key, begun);
      merged.push(begun);
    } else {
      habit.others.push({ ...diagnostic, span, fix });
      for (const start of startsOf(fix)) habit.starts.add(start);
      habit.last = fix;
    }
  }
  return merged.map((each) => ("first" in each ? merge(each) : each));
}

/** What those have in common that are one habit: names with dots, or punctuation from an Asian keyboard, whatever each is. */
function keyOf(code: string, message: string): string {
  if (code === dottedName.code) return code;
  if (code === wrongQuotes.code) return `${code}\n${/^[\w ]+/.exec(message)?.[0] ?? ""}`;
  return code === foreignOperator.code && /'[\u3000-\u303F\uFF00-\uFFEF]'$/.test(message)
    ? code
    : `${code}\n${message}`;
}

interface Habit {
  readonly first: Diagnostic;
  readonly others: (Diagnostic & { readonly span: Span; readonly fix: Fix })[];
  /** Where its edits begin. */
  readonly starts: Set<number>;
  /** The fix that came last. */
  last: Fix;
}

function startsOf({ edits }: Fix): Set<number> {
  return new Set(edits.map(({ span }) => span.start));
}

function merge({ first, others }: Habit): Diagnostic {
  const { fix } = first;
  if (others.length === 0 || fix === undefined) return first;
  const count = others.length + 1;
  const isOne = others.every((other) => other.fix.title === fix.title);
  return {
    ...first,
    related: [...first.related, ...others.map(({ span }) => ({ span, message: "the same here" }))],
    fix: {
      title: isOne ? `${fix.title} (${count} times)` : `Mend all ${count}`,
      edits: [...fix.edits, ...others.flatMap((other) => other.fix.edits)],
    },
  };
}

/** Whether a fix can't be made together with those of a habit; fixes come in the order of their places. */
function touches({ starts, last }: Habit, fix: Fix): boolean {
  return fix.edits.some(
    ({ span: a }) => starts.has(a.start) || last.edits.some(({ span: b }) => a.start < b.end && b.start < a.end),
  );
}
