import { createLevel } from "./level.ts";

const button = document.querySelector<HTMLButtonElement>("#play")!;
const drive = document.querySelector<HTMLInputElement>("#drive")!;
const driveText = document.querySelector<HTMLOutputElement>("#drive-text")!;

/** Two notes -> drive -> tape -> speakers, with a level before and after the tape. */
async function createSound(): Promise<{
  readonly context: AudioContext;
  readonly gain: GainNode;
}> {
  const context = new AudioContext();
  await context.audioWorklet.addModule("dist/processor.js");
  const gain = new GainNode(context);
  const tape = new AudioWorkletNode(context, "tape");
  const speakers = new GainNode(context, { gain: 0.3 });

  for (const frequency of [110, 164.8]) {
    const note = new OscillatorNode(context, { frequency });
    note.connect(new GainNode(context, { gain: 0.3 })).connect(gain);
    note.start();
  }
  gain.connect(tape).connect(speakers).connect(context.destination);
  createLevel(gain, document.querySelector("#before")!);
  createLevel(tape, document.querySelector("#after")!);
  return { context, gain };
}

let sound: ReturnType<typeof createSound> | undefined;

function setDrive(gain: GainNode): void {
  gain.gain.setTargetAtTime(
    10 ** (Number(drive.value) / 20),
    gain.context.currentTime,
    0.02,
  );
}

button.addEventListener("click", async () => {
  // Browsers let sound begin with a click only.
  sound ??= createSound();
  const { context, gain } = await sound;
  setDrive(gain);
  const play = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(play));
  button.textContent = play ? "Stop" : "Play";
  await (play ? context.resume() : context.suspend());
});

drive.addEventListener("input", async () => {
  driveText.value = `${drive.value} dB`;
  if (sound !== undefined) setDrive((await sound).gain);
});
