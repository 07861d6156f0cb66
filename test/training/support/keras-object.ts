import { callValue, madeValue, plainValue, wordValue } from "../../../src/layers/arguments/made-value.ts";
import type { Value } from "../../../src/layers/arguments/value.ts";
import type { ArgumentType, KerasObject } from "../../../src/layers/definition.ts";

/** An argument of a recorded Keras object: a number, a text, a list, or an object by itself. */
export type Plain = number | boolean | string | null | readonly Plain[] | RecordedObject;

export interface RecordedObject {
  readonly class_name: string;
  readonly args: Readonly<Record<string, Plain>>;
}

function valueOf(plain: Plain): Value {
  if (typeof plain === "string") return wordValue(plain);
  if (plain === null || typeof plain !== "object") return plainValue(plain);
  return "class_name" in plain ? callOf(plain) : madeValue({ kind: "list", items: plain.map(valueOf) });
}

function callOf({ class_name: name, args }: RecordedObject): Value {
  return callValue(
    name,
    Object.entries(args).map(([key, value]) => [key, valueOf(value)] as const),
  );
}

/** A recorded object as a model file would choose it. */
export function kerasObject(type: ArgumentType<KerasObject>, recorded: RecordedObject): KerasObject {
  const report = ({ message }: { readonly message: string }): never => {
    throw new Error(message);
  };
  return type.convert(callOf(recorded), { subject: recorded.class_name, related: [], report })!;
}

/** What a test is called: `Adam(learning_rate=0.01)`. */
export function titleOf({ class_name: name, args }: RecordedObject): string {
  const list = Object.entries(args).map(
    ([key, value]) =>
      `${key}=${value !== null && typeof value === "object" && "class_name" in value ? titleOf(value) : JSON.stringify(value)}`,
  );
  return `${name}(${list.join(", ")})`;
}
