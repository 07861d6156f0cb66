import { inputName } from "../../ir/kernel-names.ts";
import type { Buffer, DataBuffer, Statement, Value } from "../../ir/loops.ts";
import { forEachValue, mapValues } from "../../ir/visit-statements.ts";
import { elementKey, elementNames } from "./element-names.ts";

/**
 * In each list of statements, an element of one of the kernel's inputs that is read more than once is read into a local
 * first: `const x0 = x[0]`. The output may change between reads and is left alone.
 */
export function shareLoads(statements: readonly Statement[], inputs: readonly DataBuffer[]): readonly Statement[] {
  return inputs.reduce((list, { kind, name }, at) => {
    return shareInList(list, { kind, name, local: inputName(at) }, new Map());
  }, statements);
}

/** An input, and what its elements are called. */
interface Shared extends Pick<DataBuffer, "kind" | "name"> {
  readonly local: string;
}

/** `outer`: elements that an enclosing list has read already, by element, with their locals. */
function shareInList(
  statements: readonly Statement[],
  input: Shared,
  outer: ReadonlyMap<string, string>,
): readonly Statement[] {
  const counts = new Map<string, { load: Extract<Value, { kind: "load" }>; count: number }>();
  const straight = statements.filter((statement) => statement.kind !== "for");
  forEachValue(straight, (value) => {
    if (value.kind !== "load" || !isInput(value.buffer, input)) return;
    const key = elementKey(value.index);
    const entry = counts.get(key);
    if (outer.has(key)) return;
    if (entry === undefined) counts.set(key, { load: value, count: 1 });
    else entry.count++;
  });

  const shared = [...counts.values()].filter(({ count }) => count > 1).map(({ load }) => load);
  shared.sort((a, b) => a.index.constant - b.index.constant);
  const names = new Map([
    ...outer,
    ...elementNames(
      shared.map((load) => load.index),
      input.local,
      new Set(outer.values()),
    ),
  ]);
  const lets = shared.map((load): Statement => ({
    kind: "let",
    name: names.get(elementKey(load.index)) as string,
    value: load,
  }));
  const replaced = statements.map((statement): Statement => {
    if (statement.kind === "for") return { ...statement, body: shareInList(statement.body, input, names) };
    const [mapped] = mapValues([statement], (value): Value => {
      const name =
        value.kind === "load" && isInput(value.buffer, input) ? names.get(elementKey(value.index)) : undefined;
      return name === undefined ? value : { kind: "local", name };
    });
    return mapped as Statement;
  });
  return [...lets, ...replaced];
}

function isInput(buffer: Buffer, input: Shared): boolean {
  return buffer.kind === input.kind && buffer.name === input.name;
}
