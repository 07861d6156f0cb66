import { html, nothing, render } from "lit-html";

/** What the page has to say beside what is wrong with the text; it stays until it is dismissed or something newer is said. */
export class Notices {
  readonly #place: HTMLElement;

  constructor(place: HTMLElement) {
    this.#place = place;
  }

  /** `details` are shown as they are laid out: layerc's own words. */
  show(kind: "error" | "info", message: string, details = ""): void {
    render(
      html`<div class="notice ${kind}">
        <div>
          <p>${message}</p>
          ${details === "" ? nothing : html`<pre>${details.trimEnd()}</pre>`}
        </div>
        <button type="button" @click=${() => this.clear()}>Dismiss</button>
      </div>`,
      this.#place,
    );
  }

  clear(): void {
    render(nothing, this.#place);
  }
}
