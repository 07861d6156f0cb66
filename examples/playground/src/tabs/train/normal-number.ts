/** A number of the standard normal distribution (Box and Muller). */
export function normalNumber(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
