import { drawable } from "./fit-text.ts";
import { className } from "./svg-style.ts";
import { escapeXml, xmlElement } from "./xml.ts";

interface SvgDocument {
  /** By which its style means this drawing alone, on a page with others. */
  readonly rootClass: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  /** Rules of CSS. */
  readonly style: string;
  /** Elements, from the back to the front. */
  readonly parts: readonly string[];
}

/** A drawing as a file, and to be put into a page: a picture with a name, for those who don't see it too. */
export function svgDocument({ rootClass, width, height, title, description, style, parts }: SvgDocument): string {
  const content = [
    xmlElement("title", {}, escapeXml(drawable(title))),
    xmlElement("desc", {}, escapeXml(description)),
    xmlElement("style", {}, `\n${style}\n`),
    xmlElement("rect", { class: className("background"), width, height, rx: 8 }),
    ...parts,
  ];
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    class: rootClass,
    role: "img",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
  };
  return `${xmlElement("svg", attributes, `\n${content.join("\n")}\n`)}\n`;
}
