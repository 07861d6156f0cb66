import type { Feed } from "./feed.ts";
import type { Results, Trainer } from "./trainer.ts";

/** Loss and metrics of a trainer on all samples of a feed, batch by batch. */
export function evaluateFeed(trainer: Trainer, feed: Feed): Results {
  trainer.resetResults();
  for (let at = 0; at < feed.batches; at++) feed.observe(trainer, at);
  const results = trainer.results();
  trainer.resetResults();
  return results;
}
