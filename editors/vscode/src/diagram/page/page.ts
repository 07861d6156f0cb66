import type { FromPage, ToPage } from "../messages.ts";
import { innermost } from "./innermost.ts";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(state: unknown): void };

const editor = acquireVsCodeApi();
const main = document.querySelector("main") as HTMLElement;
const status = document.querySelector('[role="status"]') as HTMLElement;
let offset: number | null = null;

// By this the page is opened again after the editor was closed.
editor.setState({ source: document.body.dataset["source"] });

addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === "drawing") {
    main.innerHTML = data.svg;
    main.classList.toggle("outdated", data.problem !== null && data.svg !== "");
    status.textContent = data.problem ?? "";
  } else {
    offset = data.offset;
  }
  mark(data.kind === "cursor");
});

main.addEventListener("click", ({ target }) => {
  const chosen = target instanceof Element ? target.closest<SVGElement>("[data-start]") : null;
  if (chosen === null) return;
  const { start, end } = chosen.dataset;
  editor.postMessage({ kind: "chosen", start: Number(start), end: Number(end) });
});

editor.postMessage({ kind: "ready" });

/** Draws the box that the cursor is in with a thicker line. */
function mark(scrolls: boolean): void {
  for (const element of main.querySelectorAll("[data-active]")) element.removeAttribute("data-active");
  if (offset === null) return;
  const active = innermost([...main.querySelectorAll<SVGElement>("[data-start]")], offset);
  active?.setAttribute("data-active", "");
  if (scrolls) active?.scrollIntoView({ block: "nearest" });
}
