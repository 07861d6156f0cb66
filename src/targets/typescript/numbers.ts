/** The shortest decimal that rounds to the same float32, as Prettier writes numbers. For trained weights. */
export function float32Literal(value: number): string {
  if (Math.fround(value) !== value) return float64Literal(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return float64Literal(short);
  }
  return float64Literal(Number(value.toPrecision(9)));
}

/** The shortest decimal that reads back as the same float64. */
export function float64Literal(value: number): string {
  if (Object.is(value, -0)) return "-0";
  return String(value).replace("e+", "e");
}
