/** Round numbers that a range is divided by, from its least to its greatest: about so many. */
export function ticks(least: number, greatest: number, about: number): readonly number[] {
  const step = roundStep((greatest - least) / about);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.ceil(greatest / step - 1e-9);
  // Multiples of the step, so that none has digits of rounding.
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** 1, 2 or 5 times a power of ten, at least as large as a number above 0. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10) * power;
}
