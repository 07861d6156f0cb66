import type { Statement, Value } from "../../ir/loops.ts";
import { mapValue } from "../../ir/visit-values.ts";

/** A sum longer than this becomes several statements: compilers and formatters descend one level a term. */
const longestSum = 256;
/** A chain of `max` longer than this likewise. */
const deepestChain = 32;

/**
 * Rewrites straight-line code so that no local changes: what is added to an accumulator becomes one sum, written where it
 * is first read. Statement lists that contain loops stay as they are; the lists inside the loops are rewritten, except
 * for what they add to a local of a list around them.
 */
export function sumAdditions(statements: readonly Statement[]): readonly Statement[] {
  if (statements.some((statement) => statement.kind === "for")) {
    return statements.map((statement) =>
      statement.kind === "for" ? { ...statement, body: sumAdditions(statement.body) } : statement,
    );
  }
  // What is added to a local of an enclosing list stays an addition.
  const own = new Set(statements.flatMap((statement) => (statement.kind === "var" ? [statement.name] : [])));
  const changesOuter = statements.some(
    (statement) => (statement.kind === "add" || statement.kind === "set") && !own.has(statement.name),
  );
  return changesOuter ? statements : sumList(statements);
}

interface Accumulator {
  /** What it holds now. */
  readonly value: Value;
  /** Whether `value` is a mere name or number, which may be repeated. */
  readonly simple: boolean;
  readonly depth: number;
  readonly versions: number;
}

function sumList(statements: readonly Statement[]): readonly Statement[] {
  const result: Statement[] = [];
  const accumulators = new Map<string, Accumulator>();

  /** Names what an accumulator holds, so that it can be read. */
  const settle = (name: string, accumulator: Accumulator): Value => {
    if (accumulator.simple) return accumulator.value;
    const version = accumulator.versions === 0 ? name : `${name}_${accumulator.versions}`;
    result.push({ kind: "let", name: version, value: accumulator.value });
    const local: Value = { kind: "local", name: version };
    accumulators.set(name, { value: local, simple: true, depth: 0, versions: accumulator.versions + 1 });
    return local;
  };
  const read = (value: Value): Value =>
    mapValue(value, (leaf) => {
      const accumulator = leaf.kind === "local" ? accumulators.get(leaf.name) : undefined;
      return leaf.kind === "local" && accumulator !== undefined ? settle(leaf.name, accumulator) : leaf;
    });

  for (const statement of statements) {
    switch (statement.kind) {
      case "var":
        accumulators.set(statement.name, { ...held(read(statement.value)), depth: 0, versions: 0 });
        break;
      case "add": {
        const term = read(statement.value);
        let accumulator = accumulators.get(statement.name);
        // An accumulator of an outer list, which a loop over a run-time dim adds to, stays a variable.
        if (accumulator === undefined) {
          result.push({ ...statement, value: term });
          break;
        }
        if (accumulator.value.kind === "sum" && accumulator.value.terms.length >= longestSum) {
          settle(statement.name, accumulator);
          accumulator = accumulators.get(statement.name) as Accumulator;
        }
        accumulators.set(statement.name, { ...accumulator, ...held(plus(accumulator.value, term)) });
        break;
      }
      case "set": {
        const { name, value } = statement;
        const before = accumulators.get(name);
        if (before === undefined) {
          result.push({ ...statement, value: read(value) });
          break;
        }
        if (before.depth >= deepestChain) settle(name, before);
        const current = accumulators.get(name) as Accumulator;
        const next = mapValue(value, (leaf) => (leaf.kind === "local" && leaf.name === name ? current.value : leaf));
        accumulators.set(name, { ...current, ...held(next), depth: current.depth + 1 });
        break;
      }
      case "let":
        result.push({ ...statement, value: read(statement.value) });
        break;
      case "store":
        result.push({ ...statement, value: read(statement.value) });
        break;
      default:
        result.push(statement);
    }
  }
  return result;
}

function held(value: Value): Pick<Accumulator, "value" | "simple"> {
  return { value, simple: value.kind === "const" || value.kind === "local" };
}

/** `sum + term`; a start of zero is dropped, as are zero terms (so zero biases cost nothing). */
function plus(sum: Value, term: Value): Value {
  if (isZero(sum)) return term;
  if (isZero(term)) return sum;
  const terms = sum.kind === "sum" ? sum.terms : [sum];
  return { kind: "sum", terms: [...terms, ...(term.kind === "sum" ? term.terms : [term])] };
}

function isZero(value: Value): boolean {
  return value.kind === "const" && value.value === 0;
}
