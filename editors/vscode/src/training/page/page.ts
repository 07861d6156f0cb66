import type { FromPage, ToPage } from "../messages.ts";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

const editor = acquireVsCodeApi();
const status = document.querySelector('[role="status"]') as HTMLElement;
const actions = document.querySelector("#actions") as HTMLElement;
const main = document.querySelector("main") as HTMLElement;
let shown = "";

addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  // What changes several times a second is not read aloud.
  status.setAttribute("aria-live", data.isRunning ? "off" : "polite");
  status.textContent = data.status;
  main.innerHTML = data.svg;
  // Buttons that are the same stay, with the focus that one may have.
  const key = JSON.stringify([data.isRunning, data.offers]);
  if (key === shown) return;
  shown = key;
  actions.replaceChildren(
    ...(data.isRunning ? [makeButton("Stop", { kind: "stop" })] : []),
    ...data.offers.map((offer) => makeButton(offer, { kind: "taken", offer })),
  );
});

editor.postMessage({ kind: "ready" });

function makeButton(title: string, message: FromPage): HTMLElement {
  const button = document.createElement("button");
  button.textContent = title;
  button.addEventListener("click", () => editor.postMessage(message));
  return button;
}
