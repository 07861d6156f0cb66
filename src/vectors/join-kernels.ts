import type { Index } from "../ir/index-expression.ts";
import { lanes, type VectorProgram, type VectorStatement, type VectorValue } from "./vector-loops.ts";
import { local } from "./build.ts";
import { withOperands } from "./visit-vectors.ts";

/** A vector that a local still holds: the elements of a buffer from `start` on. */
interface Stored {
  readonly buffer: string;
  readonly start: number;
  readonly count: number;
  readonly local: string;
}

/** All kernels of a program as one, which reads what it has just stored from its locals. */
export function joinKernels(program: VectorProgram): VectorProgram {
  const origins = program.kernels.flatMap((kernel) => kernel.origins);
  const body = program.kernels.flatMap((kernel) => kernel.body);
  const { input, output } = program;
  return { ...program, kernels: [{ origins, inputs: [input], output, body: forwardVectors(body) }] };
}

/**
 * What was just stored at a place known now is read from its local, for memory gives a value back only some cycles later,
 * and much later where it was stored in parts. Loops start anew.
 */
function forwardVectors(statements: readonly VectorStatement[]): readonly VectorStatement[] {
  let stored: Stored[] = [];
  let names = 0;

  const read = (value: VectorValue): VectorValue => {
    if (value.kind !== "load" || value.buffer.kind === "weights") return withOperands(value, read);
    const at = constantOf(value.index);
    const { name } = value.buffer;
    const size = value.buffer.size.factor;
    const found = stored.find(
      ({ buffer, start, count }) =>
        buffer === name &&
        at !== undefined &&
        (value.access === "vector"
          ? // What a partial vector leaves of memory is read with it, unless that lies beyond the buffer.
            at === start && (count === lanes || start + count === size)
          : at >= start && at < start + count),
    );
    if (found === undefined || at === undefined) return value;
    const operand = local(found.local);
    return value.access === "vector" ? operand : { kind: "lane", lane: at - found.start, operand };
  };
  const visit = (statement: VectorStatement): readonly VectorStatement[] => {
    switch (statement.kind) {
      case "let":
      case "var":
      case "set":
      case "lookup":
        return [{ ...statement, value: read(statement.value) }];
      case "store": {
        const value = read(statement.value);
        const start = constantOf(statement.index);
        const { name } = statement.buffer;
        const end = (start ?? 0) + statement.count;
        stored = stored.filter(
          (other) =>
            other.buffer !== name || (start !== undefined && (other.start >= end || other.start + lanes <= start)),
        );
        if (start === undefined) return [{ ...statement, value }];
        const kept = `kept${names++}`;
        stored.push({ buffer: name, start, count: statement.count, local: kept });
        return [
          { kind: "let", name: kept, value },
          { ...statement, value: local(kept) },
        ];
      }
      case "for": {
        stored = [];
        const body = statement.body.flatMap(visit);
        stored = [];
        return [{ ...statement, body }];
      }
      case "if-at-least":
        stored = [];
        return [statement];
      default:
        return [statement];
    }
  };
  return statements.flatMap(visit);
}

function constantOf(index: Index): number | undefined {
  return index.terms.length === 0 ? index.constant : undefined;
}
