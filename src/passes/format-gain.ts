/** How many times as fast something is: `1.4`, `8`. A file of its own, for the command prints it without the compiler. */
export function formatGain(gain: number): string {
  return gain < 3 ? gain.toFixed(1) : String(Math.round(gain));
}
