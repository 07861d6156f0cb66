import { proxy } from "comlink";
import { html, nothing, render, type TemplateResult } from "lit-html";
import { bytes, count } from "../page/format.ts";
import { oneAtATime } from "../page/one-at-a-time.ts";
import type { Built, BuiltModel } from "../model/built.ts";
import type { ModuleSize } from "../workers/module-sizes.ts";
import { noModel } from "./no-model.ts";
import type { Tab } from "./tab.ts";

type Layer = BuiltModel["report"]["layers"][number];

/** What the models cost: parameters, bytes, multiply-adds, by layer, and the sizes of the module. */
export const cost: Tab = {
  id: "cost",
  title: "Cost",
  open(panel, { models }) {
    let shown: Built | undefined;
    const draw = (
      built: Built,
      sizes?: readonly ModuleSize[] | undefined,
    ): void => {
      if (built.models.length === 0) {
        render(
          html`<p>
            ${noModel(built, "The file has no model, and costs nothing.")}
          </p>`,
          panel,
        );
        return;
      }
      const content = html`${built.models.map(modelCost)}
      ${moduleCost(built, sizes)}`;
      render(content, panel);
    };
    const measure = oneAtATime(async () => {
      const built = shown!;
      const sizes = await models.builder
        .ask((builder) => builder.sizes(built.source, proxy(models.files.read)))
        .catch(() => undefined);
      if (shown === built && sizes !== undefined) draw(built, sizes);
    });
    return {
      show(built) {
        shown = built;
        draw(built);
        measure();
      },
    };
  },
};

function modelCost({
  name,
  summary,
  report: { layers },
}: BuiltModel): TemplateResult {
  const weights = layers.reduce((sum, layer) => sum + layer.weightBytes, 0);
  const work = layers.reduce((sum, layer) => sum + factor(layer), 0);
  const dims = layers.some(({ multiplyAdds }) => multiplyAdds.dims.length > 0);
  const most = Math.max(1, ...layers.map(factor));
  return html`<section class="cost">
    <h3>${name}</h3>
    <dl class="figures">
      ${figure(count(summary.parameters.total), "parameters")}
      ${figure(bytes(weights), "of weights")}
      ${figure(count(work), dims ? "multiply-adds a step" : "multiply-adds")}
    </dl>
    <div
      class="table"
      tabindex="0"
      role="region"
      aria-label="Layers of ${name}"
    >
      <table class="layers">
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col" class="number">Weights</th>
            <th scope="col" class="number">Multiply-adds</th>
            <th scope="col" class="number">Code</th>
            <th scope="col" class="how">How</th>
          </tr>
        </thead>
        <tbody>
          ${layers.map((layer) => layerCost(layer, most))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function layerCost(layer: Layer, most: number): TemplateResult {
  const { layer: name, description, weightBytes, codeBytes } = layer;
  const work = factor(layer);
  return html`<tr>
    <th scope="row">${name}<small>${description}</small></th>
    <td class="number">${weightBytes === 0 ? "–" : bytes(weightBytes)}</td>
    <td class="number">
      ${work === 0 ? "–" : count(work)}
      <span class="bar thin" .style=${`--part: ${work / most}`}></span>
    </td>
    <td class="number">${codeBytes === 0 ? "–" : bytes(codeBytes)}</td>
    <td class="how">${layer.strategy}<small>${layer.reason}</small></td>
  </tr>`;
}

function moduleCost(
  { module }: Built,
  sizes: readonly ModuleSize[] | undefined,
): TemplateResult | typeof nothing {
  if (module === undefined) return nothing;
  return html`<section class="cost">
    <h3>The module</h3>
    <div
      class="table"
      tabindex="0"
      role="region"
      aria-label="Sizes of the module"
    >
      <table>
        <thead>
          <tr>
            <th scope="col">As</th>
            <th scope="col" class="number">Bytes</th>
            <th scope="col" class="number">gzip</th>
          </tr>
        </thead>
        <tbody>
          ${
            sizes === undefined
              ? html`<tr>
                  <td colspan="3">Being measured …</td>
                </tr>`
              : sizes.map(
                  (size) =>
                    html`<tr>
                      <th scope="row">
                        ${size.what}<small>${size.name}</small>
                      </th>
                      <td class="number">${bytes(size.bytes)}</td>
                      <td class="number">${bytes(size.gzip)}</td>
                    </tr>`,
                )
          }
        </tbody>
      </table>
    </div>
    <p class="note">
      All of it: there is no runtime to add. Weights that are bound are in the
      module.
    </p>
  </section>`;
}

function figure(value: string, what: string): TemplateResult {
  return html`<div>
    <dt>${what}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Multiply-adds for one sample, with each run-time dim as 1. */
function factor({ multiplyAdds }: Layer): number {
  return multiplyAdds.factor;
}
