/** Shows on a `<meter>` in dB, and in the `<output>` beside it, the peak of what a node plays. */
export function createLevel(node: AudioNode, meter: HTMLMeterElement): void {
  const analyser = new AnalyserNode(node.context, { fftSize: 2048 });
  node.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const text = meter.parentElement!.querySelector("output")!;

  const show = (): void => {
    analyser.getFloatTimeDomainData(samples);
    const peak = samples.reduce(
      (highest, sample) => Math.max(highest, Math.abs(sample)),
      0,
    );
    const level =
      node.context.state === "running" ? 20 * Math.log10(peak) : -Infinity;
    meter.value = Math.max(level, meter.min);
    text.value = level < meter.min ? "silent" : `${level.toFixed(1)} dB`;
    requestAnimationFrame(show);
  };
  show();
}
