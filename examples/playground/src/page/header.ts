import { html, render, type TemplateResult } from "lit-html";
import { documentOf, showDocument } from "../editor/document.ts";
import { downloads, saveFile, type Download } from "../files/download.ts";
import { exampleFile, exampleNames } from "../files/examples.ts";
import type { Page } from "../tabs/tab.ts";
import { addressOf } from "./address.ts";
import type { Notices } from "./notices.ts";
import { reasonOf } from "./reason.ts";

/** What the header acts on. */
export interface HeaderPage extends Page {
  readonly notices: Notices;
  open(files: readonly File[]): Promise<void>;
}

/** The name of the page, and what one does with whole models. */
export function createHeader(place: HTMLElement, page: HeaderPage): void {
  const draw = (): void => void render(header(page), place);
  let last = "";
  page.models.subscribe(({ source, good }) => {
    const now = JSON.stringify([source.name, good?.module?.name]);
    if (now !== last) draw();
    last = now;
  });
  draw();
}

function header(page: HeaderPage): TemplateResult {
  const { name } = page.models.state.source;
  const chosen = name.replace(/\.layers$/, "");
  return html`<h1><span>layerc</span> playground</h1>
    <div class="tools" role="toolbar" aria-label="Model">
      <label class="field">
        <span>Example</span>
        <select
          id="examples"
          @change=${({ target }: { target: HTMLSelectElement }) =>
            chooseExample(target.value, page)}
        >
          <option value="" .selected=${!exampleNames.includes(chosen)} disabled>
            –
          </option>
          ${exampleNames.map(
            (example) =>
              html`<option value=${example} .selected=${example === chosen}>
                ${example}
              </option>`,
          )}
        </select>
      </label>
      <button type="button" @click=${() => chooseFiles(page)}>Open …</button>
      <button type="button" popovertarget="downloads" id="download">
        Download
      </button>
      <div id="downloads" popover class="menu">
        ${downloads(page.models.state, page.models.files).map(
          ({ label, note, make }) =>
            html`<button
              type="button"
              popovertarget="downloads"
              popovertargetaction="hide"
              @click=${() => void download(make, page)}
            >
              ${label}<small>${note}</small>
            </button>`,
        )}
      </div>
      <button type="button" class="primary" @click=${() => void share(page)}>
        Share
      </button>
    </div>`;
}

async function download(
  make: Download["make"],
  { models, notices }: HeaderPage,
): Promise<void> {
  try {
    saveFile(await make(models));
  } catch (error) {
    notices.show("error", `Nothing was saved: ${reasonOf(error)}`);
  }
}

function chooseExample(example: string, page: HeaderPage): void {
  showDocument(page.editor, exampleFile(example));
  page.notices.clear();
}

/** The dialog of the browser for files, which is opened by keyboard as well. */
function chooseFiles(page: HeaderPage): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.addEventListener(
    "change",
    () => void page.open([...(input.files ?? [])]),
  );
  input.click();
}

async function share({ editor, models, notices }: HeaderPage): Promise<void> {
  const source = documentOf(editor.state);
  const address = await addressOf(source);
  if (address === undefined) {
    notices.show(
      "error",
      "The model is too long for an address: download the .layers file.",
    );
    return;
  }
  history.replaceState(null, "", address);
  const own = [...source.text.matchAll(/weights\s*"(?:\.\/)?([^"]+)"/g)]
    .map(([, file]) => file!)
    .filter((file) => models.files.isOwn(file));
  const weights =
    own.length === 0
      ? ""
      : ` The weights are not in it: send ${own.join(", ")} along, to be dropped on the page.`;
  try {
    await navigator.clipboard.writeText(address);
    notices.show("info", `The address of this model is copied.${weights}`);
  } catch {
    notices.show(
      "info",
      `This model has an address now, that of the page.${weights}`,
    );
  }
}
