/** WebAssembly text as a tree: an atom (`$x`, `offset=16`), or a list in parentheses. */
export type Wat = string | readonly Wat[];

/** `(name operand ...)`, in folded form: operands are evaluated from left to right. */
export function op(name: string, ...operands: readonly (Wat | number)[]): Wat {
  return [name, ...operands.map((operand) => (typeof operand === "number" ? String(operand) : operand))];
}

/** `(local.get $name)` */
export function get(name: string): Wat {
  return op("local.get", `$${name}`);
}

/** `(local.set $name value)` */
export function set(name: string, value: Wat): Wat {
  return op("local.set", `$${name}`, value);
}

/** `(local.tee $name value)` */
export function tee(name: string, value: Wat): Wat {
  return op("local.tee", `$${name}`, value);
}

/** `(i32.const value)` */
export function i32(value: number): Wat {
  return op("i32.const", value);
}

const widest = 100;

/** The text of a tree: a list on one line where it fits, else one operand a line. */
export function printWat(wat: Wat, indent = ""): string {
  if (typeof wat === "string") return wat;
  const line = oneLine(wat, widest - indent.length);
  if (line !== undefined) return line;
  // Atoms at the start stay beside the name: `(func $run (param ...)`.
  const firstList = wat.findIndex((item) => typeof item !== "string");
  const head = firstList < 0 ? wat : wat.slice(0, firstList);
  const rest = firstList < 0 ? [] : wat.slice(firstList);
  const inner = `${indent}  `;
  return `(${[head.join(" "), ...rest.map((item) => `${inner}${printWat(item, inner)}`)].join("\n")})`;
}

/** A tree on one line, unless that is longer than `room`: then it is given up at once, however large the tree. */
function oneLine(wat: Wat, room: number): string | undefined {
  if (typeof wat === "string") return wat.length <= room ? wat : undefined;
  let line = "(";
  for (const item of wat) {
    const space = line === "(" ? "" : " ";
    const text = oneLine(item, room - line.length - space.length - 1);
    if (text === undefined) return undefined;
    line += space + text;
  }
  return `${line})`;
}
