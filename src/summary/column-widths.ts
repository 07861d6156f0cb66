/** Where the columns "Layer (type)", "Output Shape" and "Param #" end, as parts of the line (Keras' `summary_utils.py`). */
const positions = [0.45, 0.8, 1];
/** Keras' line length for a Sequential model on a terminal wide enough. */
const defaultLineLength = 88;
/** Spaces on both sides of a cell. */
const padding = 2;

/**
 * The widths of the three cells, padding included, in a terminal of `columns` columns. Keras asks its table library
 * (Rich) for columns that are wider than the table together with their padding; Rich then takes the excess from all
 * columns evenly, rounding half to even. Both steps are repeated here, so that the table is Keras' to the character.
 */
export function columnWidths(columns: number): readonly number[] {
  // Below this Keras gives up ("Insufficient console width"); here the table stays and the terminal wraps it.
  const lineLength = Math.max(28, Math.min(defaultLineLength, columns - 4));
  let current = 0;
  const wanted = positions.map((position) => {
    const width = Math.floor(position * lineLength) - current;
    current += width;
    return width + padding;
  });
  const borders = wanted.length + 1;
  let excess = wanted.reduce((sum, width) => sum + width, 0) - (lineLength - borders);
  return wanted.map((width, index) => {
    const taken = roundHalfToEven(excess / (wanted.length - index));
    excess -= taken;
    return width - taken;
  });
}

/** Python's `round`. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
