/** The product of numbers, such as the elements of a shape without run-time dims: 1 for none. */
export function product(factors: readonly number[]): number {
  return factors.reduce((total, factor) => total * factor, 1);
}
