/** The parameters of a kernel's function, whichever buffers it is called with: its inputs are `x`, `xb`, `xc`, ... */
export function inputName(position: number): string {
  return position === 0 ? "x" : `x${String.fromCharCode("a".charCodeAt(0) + position)}`;
}

/** The parameter of what a kernel writes. */
export const outputName = "y";

/** The parameter of sums that are not finished. */
export const sumsName = "sums";

/** The integer parameters of a kernel that say where the sample starts in the caller's arrays. */
export const startVariables = { input: "xStart", output: "yStart" } as const;
