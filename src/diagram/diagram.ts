import type { Shape } from "../ir/shape.ts";

/** A model as a drawing shows it: equal layers folded, long ones shortened. */
export interface Diagram {
  readonly name: string;
  readonly doc?: string;
  /** The name in the declaration. */
  readonly place: Place;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly labels?: readonly string[];
  readonly parameters: number;
  readonly items: readonly DiagramItem[];
}

/** What stands between two arrows. */
export type DiagramItem = LayerItem | NestedItem | RepeatItem | OmittedItem;

interface ItemBase {
  /** What leaves it. */
  readonly outputShape: Shape;
  /** Of all that it stands for. */
  readonly parameters: number;
  /** How many layers it stands for, those of nested models by themselves. */
  readonly layers: number;
  /** Where it stands in the file of the drawn model. */
  readonly place: Place;
  /** The call of a block in the model's body that it comes from. */
  readonly use?: Place;
}

/** A layer, or a nested model that is not looked into. */
export interface LayerItem extends ItemBase {
  readonly kind: "layer";
  /** Names from the drawn model inward: `["encoder", "dense"]`. */
  readonly path: readonly string[];
  /** `Dense`, or `model Encoder`. */
  readonly type: string;
  /** `["relu", "no bias"]` */
  readonly notes: readonly string[];
  readonly inputShape: Shape;
  /** What makes two of them equal: all of them but their names. */
  readonly key: string;
}

/** A nested model around its layers. */
export interface NestedItem extends Omit<LayerItem, "kind"> {
  readonly kind: "nested";
  readonly items: readonly DiagramItem[];
}

/** The same items several times, one after the other. */
export interface RepeatItem extends ItemBase {
  readonly kind: "repeat";
  readonly count: number;
  /** The first time. */
  readonly items: readonly DiagramItem[];
  /** The path of the last layer of the last time. */
  readonly lastPath: readonly string[];
}

/** Items that are left out, for there are too many. */
export interface OmittedItem extends ItemBase {
  readonly kind: "omitted";
}

/** UTF-16 offsets, `end` exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}
