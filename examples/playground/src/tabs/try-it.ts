import { RunnerHost } from "../model/runner-host.ts";
import type { Tab } from "./tab.ts";
import { TryItView } from "./try-it/view.ts";

/** Inputs by hand, and what the generated module makes of them. */
export const tryIt: Tab = {
  id: "try",
  title: "Try it",
  open: (panel, page) =>
    new TryItView(panel, page, new RunnerHost(page.models)),
};
