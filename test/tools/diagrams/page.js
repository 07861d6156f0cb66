// In the page that has drawings, tables or flowcharts in it: what is seen of them.

/** What of the drawing in the page lies where it should not, or can't be read. */
globalThis.findFaults = () => {
  const root = document.querySelector("svg.layerc-diagram");
  const texts = [...root.querySelectorAll("text")];
  const boxes = [...root.querySelectorAll("rect.layerc-box")];
  return [
    ...(document.documentElement.scrollWidth > innerWidth ? ["it is wider than the page"] : []),
    ...texts.flatMap((text) => textFaults(root, text)),
    ...texts.flatMap((text, at) =>
      texts
        .slice(at + 1, at + 6)
        .filter((other) => !areApart(areaOf(root, text), areaOf(root, other)))
        .map((other) => `${text.textContent} is on ${other.textContent}`),
    ),
    ...boxes.flatMap((box, at) => boxes.slice(at + 1).flatMap((other) => boxFaults(box, other))),
  ];
};

function textFaults(root, text) {
  const around = ownBox(text.closest("g[class]")) ?? root;
  const contrast = contrastOf(getComputedStyle(text).fill, groundOf(root, text));
  return [
    ...(isInside(areaOf(root, text), around.getBoundingClientRect()) ? [] : [`${text.textContent} sticks out`]),
    ...(contrast >= 4.5 ? [] : [`${text.textContent} has a contrast of ${contrast}`]),
  ];
}

/** Boxes are apart, or a frame and what is in it, or the sheets of one stack. */
function boxFaults(box, other) {
  const [one, two] = [box.getBoundingClientRect(), other.getBoundingClientRect()];
  const isFine =
    areApart(one, two) ||
    box.parentElement === other.parentElement ||
    (box.parentElement.contains(other) && isInside(two, one));
  return isFine ? [] : [`a box at ${one.y} is on one at ${two.y}`];
}

/** Of a text that may be wider than it measures: the window that cuts it off. */
function areaOf(root, text) {
  const { parentElement } = text;
  const isCut = parentElement.tagName === "svg" && parentElement !== root;
  return (isCut ? parentElement : text).getBoundingClientRect();
}

function ownBox(group) {
  return group && [...group.children].findLast((child) => child.classList.contains("layerc-box"));
}

/** The colour that a text stands on. */
function groundOf(root, text) {
  for (let at = text.parentElement; at !== null && at !== root; at = at.parentElement) {
    const box = ownBox(at);
    const fill = box === undefined ? "none" : getComputedStyle(box).fill;
    if (fill !== "none") return fill;
  }
  return getComputedStyle(root.querySelector(".layerc-background")).fill;
}

function contrastOf(...colors) {
  const [dark, light] = colors.map(luminanceOf).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(color) {
  const [r, g, b] = color.match(/[\d.]+/g).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function isInside(inner, outer) {
  const within = (value, low, high) => value >= low - 0.5 && value <= high + 0.5;
  return (
    within(inner.left, outer.left, outer.right) &&
    within(inner.right, outer.left, outer.right) &&
    within(inner.top, outer.top, outer.bottom) &&
    within(inner.bottom, outer.top, outer.bottom)
  );
}

function areApart(a, b) {
  const before = (end, start) => end <= start + 0.5;
  return before(a.right, b.left) || before(b.right, a.left) || before(a.bottom, b.top) || before(b.bottom, a.top);
}

/** What the browser's XML parser, a strict one, says of a text. */
globalThis.parseError = (xml) =>
  new DOMParser().parseFromString(xml, "image/svg+xml").querySelector("parsererror")?.textContent ?? null;

/** The first lines of all words of a flowchart, as Mermaid draws it. */
globalThis.drawFlowchart = async (source) => {
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
  const { svg } = await mermaid.render("drawing", source);
  document.body.innerHTML = svg;
  return [...document.querySelectorAll(".nodeLabel, .edgeLabel p")].map((label) => label.innerText.split("\n")[0]);
};

/** The cells of all tables of a Markdown text, row by row. */
globalThis.readTables = (source) => {
  document.body.innerHTML = marked.parse(source);
  return [...document.querySelectorAll("tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent));
};
