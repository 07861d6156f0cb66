import type { Diagram, DiagramItem } from "./diagram.ts";
import type { FittedText } from "./fit-text.ts";

/** Where everything of a drawing lies, in pixels from its upper left corner. Whole numbers. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly models: readonly PlacedModel[];
}

export interface PlacedModel {
  readonly diagram: Diagram;
  readonly y: number;
  readonly texts: readonly PlacedText[];
  readonly parts: readonly Part[];
}

export type Part = PlacedBox | PlacedArrow;

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a box looks: a layer with weights, one without, a frame around layers, where layers are left out, an end. */
export type BoxLook = "weights" | "plain" | "frame" | "repeat" | "omitted" | "end";

export interface PlacedBox extends Rectangle {
  readonly kind: "box";
  readonly look: BoxLook;
  /** The layer it stands for; absent for the ends. */
  readonly item?: DiagramItem;
  /** Draws sheets behind it: it stands for several equal layers. */
  readonly isStack: boolean;
  /** What is to be read of it in full. */
  readonly title: string;
  readonly texts: readonly PlacedText[];
  /** What lies in it. */
  readonly parts: readonly Part[];
}

/** From `y` down to the next box. */
export interface PlacedArrow {
  readonly kind: "arrow";
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** The shape that goes along. */
  readonly label: PlacedText;
  readonly title: string;
}

export interface PlacedText extends FittedText {
  /** Of its middle, its start or its end. */
  readonly x: number;
  /** Of its baseline. */
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
}
