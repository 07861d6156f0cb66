import { code, type Code } from "./code.ts";

/** Stands beside the memory that all calls of an instance share. */
export const busyFlag: Code = code`let busy = false;\n`;

/**
 * The body of a function that computes in shared memory. An input may be any object, so that reading it may run code of the
 * caller (a getter, a proxy, `valueOf`), and that may call the same instance: then what lies in the memory is kept by `keep` and
 * put back. For all other calls this is a flag that is set and cleared.
 */
export function reentrant(body: Code, { keep, putBack }: { readonly keep: Code; readonly putBack: Code }): Code {
  return code`const kept = busy ? ${keep} : undefined;
busy = true;
try {
${body}
} finally {
if (kept === undefined) busy = false;
else ${putBack}
}`;
}

/**
 * A call that writes its result into `output` only when nothing can go wrong any more, where an index of the input may be
 * refused: what the caller passed is as it was when a call throws.
 */
export function allOrNothing(run: (result: Code) => Code): Code {
  return code`const values = output === undefined ? result : new Float32Array(result.length);
${run(code`values`)}
if (values !== result) result.set(values);
return result;`;
}
