/** What is learnt from a data set: which of some classes a point of the plane is in, or the curve that points lie along. */
export type DataSet = Classes | Curve;

interface Named {
  /** In settings: `spirals`. */
  readonly id: string;
  readonly title: string;
}

export interface Classes extends Named {
  readonly kind: "classes";
  /** As many classes at most; a model for more learns these. */
  readonly most: number;
  /** A point of a class, about from -1 to 1, without noise. */
  point(label: number, classes: number, random: () => number): Point;
  /** How far noise of 1 moves a point, as the deviation of a normal distribution. */
  readonly spread: number;
}

export interface Curve extends Named {
  readonly kind: "curve";
  /** The value at a place from -1 to 1, about from -1 to 1 itself. */
  value(x: number): number;
}

export type Point = readonly [x: number, y: number];
