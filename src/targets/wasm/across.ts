import type { VectorFunction } from "./math/vector-function.ts";
import { get, op, set, type Wat } from "./wat.ts";

/** The four numbers of a vector joined, four times: with its halves exchanged, then with its neighbours exchanged. */
function across(name: string, join: (left: Wat, right: Wat) => Wat): VectorFunction {
  const exchanged = (bytes: readonly number[]): Wat => ["i8x16.shuffle", ...bytes.map(String), get("x"), get("x")];
  return {
    name,
    locals: [],
    body: () => [
      set("x", join(get("x"), exchanged([8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]))),
      join(get("x"), exchanged([4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11])),
    ],
  };
}

export const sumAcross = across("sum_across", (left, right) => op("f32x4.add", left, right));
export const maxAcross = across("max_across", (left, right) => op("f32x4.max", left, right));
export const integerMaxAcross = across("integer_max_across", (left, right) => op("i32x4.max_s", left, right));
export const unsignedMaxAcross = across("unsigned_max_across", (left, right) => op("i32x4.max_u", left, right));
