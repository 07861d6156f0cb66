interface Net {
  forward(input: Float32Array, output?: Float32Array): ArrayLike<number>;
}

/**
 * Times contenders in turn, in rounds of some milliseconds, after each has run for `warmUp` milliseconds and until it gets no faster, and gives the medians in
 * nanoseconds per call, and of the ratios to the first one, as JSON. Its text is put into scripts. Time is that of the processor
 * where an engine tells it.
 */
export function measure(
  contenders: readonly (readonly [name: string, net: Net])[],
  inputs: readonly Float32Array[],
  outputs: number,
  rounds: number,
  milliseconds: number,
  warmUp: number,
): string {
  const host = globalThis as unknown as {
    readonly process?: { readonly [Name in "threadCpuUsage" | "cpuUsage"]?: () => { user: number; system: number } };
    readonly preciseTime?: () => number;
  };
  const process = host.process;
  const clock = (): number => {
    if (process !== undefined) {
      const used = process.threadCpuUsage ? process.threadCpuUsage() : process.cpuUsage!();
      return (used.user + used.system) / 1000;
    }
    if (host.preciseTime) return host.preciseTime() * 1000;
    return typeof performance === "undefined" ? Date.now() : performance.now();
  };
  const output = new Float32Array(outputs);
  const kept: { last?: ArrayLike<number> } = {};
  const loops = contenders.map(() => {
    // A loop of its own for each: one that has met several is slow for all of them.
    const text = "for (let at = 0; at < calls; at++) kept.last = net.forward(inputs[at & 15], output);";
    return new Function("net", "inputs", "output", "kept", "calls", text) as (...values: unknown[]) => void;
  });
  const runFor = (at: number, duration: number): number => {
    const start = clock();
    let calls = 0;
    for (let group = 1; ;) {
      loops[at]!(contenders[at]![1], inputs, output, kept, group);
      calls += group;
      const passed = clock() - start;
      if (passed >= duration) return (passed * 1e6) / calls;
      if (passed < duration / 8) group *= 2;
    }
  };

  const reference = contenders[0]![1].forward(inputs[1]!);
  contenders.forEach(([name, net], at) => {
    const found = net.forward(inputs[1]!, new Float32Array(outputs));
    for (let unit = 0; unit < outputs; unit++) {
      const off = Math.abs(found[unit]! - reference[unit]!);
      if (!(off <= 1e-3 * Math.max(1, Math.abs(reference[unit]!)))) throw new Error(`${name} computes something else`);
    }
    // Compilers of hot code work beside, and late where the machine is busy: on the clock of the wall, and until nothing changes.
    const end = Date.now() + warmUp;
    let best = Infinity;
    for (let patience = 0; patience < 12 || Date.now() < end; patience++) {
      const time = runFor(at, 4 * milliseconds);
      if (time < best * 0.95) patience = 0;
      best = Math.min(best, time);
    }
  });
  const times: number[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) times.forEach((list, at) => list.push(runFor(at, milliseconds)));
  const median = (values: number[]): number => values.slice().sort((a, b) => a - b)[values.length >> 1]!;
  const found: Record<string, { readonly nanoseconds: number; readonly timesAsFast: number }> = {};
  contenders.forEach(([name], at) => {
    const ratios = times[at]!.map((time, round) => times[0]![round]! / time);
    found[name] = { nanoseconds: median(times[at]!), timesAsFast: median(ratios) };
  });
  return JSON.stringify(found);
}
