import type { Tab } from "./tab.ts";

/** A model that learns from points in the plane, or along a curve, and what it makes of them while it does. */
export const train: Tab = {
  id: "train",
  title: "Train",
  async open(panel, page) {
    const { TrainView } = await import("./train/view.ts");
    return new TrainView(panel, page);
  },
};
