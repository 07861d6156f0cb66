/** A line drawn without lifting the pen: x and y from the upper left corner of a square of side 1. */
export type Line = readonly (readonly [x: number, y: number])[];

/** Ten digits as a hand draws them: none level, none of the same size, none in the middle. */
export const drawnDigits: readonly (readonly Line[])[] = [
  [arc([0.5, 0.5], [0.2, 0.32], -100, 265)],
  [
    [
      [0.42, 0.36],
      [0.56, 0.22],
      [0.54, 0.84],
    ],
  ],
  [[...arc([0.45, 0.35], [0.19, 0.17], -165, 35), [0.44, 0.66], [0.25, 0.82], [0.5, 0.8], [0.71, 0.82]]],
  [[...arc([0.52, 0.33], [0.17, 0.16], -160, 85), ...arc([0.53, 0.66], [0.2, 0.17], -88, 150)]],
  [
    [
      [0.56, 0.14],
      [0.31, 0.56],
      [0.75, 0.58],
    ],
    [
      [0.6, 0.36],
      [0.57, 0.86],
    ],
  ],
  [
    [[0.37, 0.2], [0.35, 0.47], ...arc([0.49, 0.63], [0.19, 0.19], -125, 140)],
    [
      [0.37, 0.2],
      [0.67, 0.18],
    ],
  ],
  [[[0.62, 0.15], [0.45, 0.32], [0.36, 0.56], ...arc([0.53, 0.68], [0.18, 0.17], 180, 520)]],
  [
    [
      [0.3, 0.22],
      [0.72, 0.2],
      [0.56, 0.5],
      [0.46, 0.85],
    ],
    [
      [0.4, 0.51],
      [0.7, 0.5],
    ],
  ],
  [
    [
      [0.64, 0.28],
      [0.5, 0.18],
      [0.37, 0.28],
      [0.42, 0.42],
      [0.62, 0.6],
      [0.63, 0.76],
      [0.5, 0.83],
      [0.37, 0.75],
      [0.39, 0.61],
      [0.6, 0.42],
      [0.65, 0.29],
    ],
  ],
  [
    [
      ...arc([0.48, 0.34], [0.18, 0.17], -15, -350),
      [0.67, 0.22],
      [0.66, 0.5],
      [0.61, 0.72],
      [0.45, 0.81],
      [0.33, 0.76],
    ],
  ],
];

/** A part of an ellipse; degrees go clockwise from the right. */
function arc([x, y]: readonly [number, number], [width, height]: readonly [number, number], from: number, to: number) {
  return Array.from({ length: 17 }, (_, at): readonly [number, number] => {
    const angle = ((from + ((to - from) * at) / 16) * Math.PI) / 180;
    return [x + width * Math.cos(angle), y + height * Math.sin(angle)];
  });
}
