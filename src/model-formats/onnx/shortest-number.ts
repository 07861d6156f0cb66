/** The shortest decimal that rounds to the same float32: 0.1 for 0.10000000149011612. */
export function shortestNumber(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === Math.fround(value)) return rounded;
  }
  return value;
}
