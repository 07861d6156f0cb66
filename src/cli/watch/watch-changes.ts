/** Changes of files, as moments at which to look at them. */
export interface Changes {
  note(): void;
  /** Resolves to true when something changed and all is quiet again, to false when the watch is stopped. */
  next(): Promise<boolean>;
}

/** How long nothing must change before it is looked at, and after how long it is looked at in any case, milliseconds. */
const quiet = 60;
const patience = 1_000;

/** Gathers changes: editors write a file in several steps, and tools write many files at once. */
export function collectChanges(stop: AbortSignal): Changes {
  let since: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let ready = false;
  let wake: (() => void) | undefined;
  stop.addEventListener("abort", () => {
    clearTimeout(timer);
    wake?.();
  });

  return {
    note() {
      if (stop.aborted) return;
      since ??= Date.now();
      clearTimeout(timer);
      const wait = Math.max(0, Math.min(quiet, since + patience - Date.now()));
      timer = setTimeout(() => {
        since = undefined;
        ready = true;
        wake?.();
      }, wait);
    },
    async next() {
      if (!ready && !stop.aborted) {
        // Only the watcher keeps the process alive otherwise, and it may have nothing to watch.
        const alive = setInterval(() => undefined, 60_000);
        await new Promise<void>((resolve) => (wake = resolve));
        clearInterval(alive);
      }
      wake = undefined;
      ready = false;
      return !stop.aborted;
    },
  };
}
