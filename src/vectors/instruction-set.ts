/** What the two instruction sets are best at; measured in `vectors/README.md`. */
export interface InstructionSet {
  readonly name: "relaxed SIMD" | "SIMD";
  /** Whether it multiplies and adds in one instruction with one rounding. */
  readonly fused: boolean;
  /** Panels of 8 units that a row of inputs can be multiplied with at a time. */
  readonly mostPanels: number;
  /** The time of one input times a number of panels, relative to each other. */
  panelTime(panels: number): number;
  /** Inputs that the loop over a row's inputs takes at once. */
  readonly rowInputs: number;
  /** Rows of inputs that are multiplied with the panels of a tile at a time. */
  readonly tileRows: number;
  /** Panels of a tile of rows. */
  readonly tilePanels: number;
  /** Inputs that the loop over the inputs of a tile takes at once. */
  readonly tileInputs: number;
  /** What kernels of int8 are multiplied by. */
  readonly int8: Int8Instructions;
}

export interface Int8Instructions {
  /** Whether it multiplies 16 bytes at once and adds four products each to an integer. */
  readonly dot: boolean;
  readonly mostPanels: number;
  readonly tileRows: number;
}

/**
 * A tile's ten sums, two weights and an input leave two of the fifteen vector registers that V8 has. A row takes four panels, not
 * six: six are a sixth faster where weights come from the nearest cache, as fast from all others, and half as much code more.
 */
export const relaxedSimd: InstructionSet = {
  name: "relaxed SIMD",
  fused: true,
  mostPanels: 4,
  panelTime: (panels) => 2 * panels + 5,
  rowInputs: 8,
  tileRows: 5,
  tilePanels: 1,
  tileInputs: 2,
  int8: { dot: true, mostPanels: 3, tileRows: 5 },
};

/** A product needs a register of its own before it is added. Short code, for few runtimes are left without relaxed SIMD. */
export const plainSimd: InstructionSet = {
  name: "SIMD",
  fused: false,
  mostPanels: 4,
  panelTime: (panels) => 2 * panels + 0.3,
  rowInputs: 4,
  tileRows: 5,
  tilePanels: 1,
  tileInputs: 1,
  // Each sum takes two registers.
  int8: { dot: false, mostPanels: 2, tileRows: 2 },
};
