import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Colours are custom properties of the page, which know light and dark. */
const highlighting = HighlightStyle.define([
  { tag: tags.comment, color: "var(--code-comment)" },
  { tag: tags.docComment, color: "var(--code-doc)", fontStyle: "italic" },
  { tag: [tags.string, tags.regexp], color: "var(--code-string)" },
  { tag: [tags.number, tags.atom, tags.bool], color: "var(--code-number)" },
  { tag: tags.keyword, color: "var(--code-keyword)" },
  { tag: tags.operator, color: "var(--code-operator)" },
  { tag: [tags.typeName, tags.className], color: "var(--code-type)" },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.standard(tags.name),
    ],
    color: "var(--code-function)",
  },
  { tag: tags.labelName, color: "var(--code-label)" },
  { tag: tags.propertyName, color: "var(--code-property)" },
]);

export const theme = [
  syntaxHighlighting(highlighting),
  EditorView.theme({
    "&": {
      height: "100%",
      color: "var(--ink)",
      backgroundColor: "var(--card)",
      fontSize: "0.875rem",
    },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
    ".cm-content": { caretColor: "var(--accent)", padding: "0.5rem 0" },
    ".cm-gutters": {
      backgroundColor: "var(--card)",
      color: "var(--faint)",
      border: "none",
    },
    ".cm-activeLine": { backgroundColor: "var(--line-active)" },
    ".cm-activeLineGutter": { backgroundColor: "var(--line-active)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection":
      { backgroundColor: "var(--selection)" },
    ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
    ".cm-matchingBracket": {
      backgroundColor: "var(--selection)",
      outline: "1px solid var(--line)",
    },
    ".cm-tooltip, .cm-panels": {
      color: "var(--ink)",
      backgroundColor: "var(--raised)",
      border: "1px solid var(--line)",
      borderRadius: "0.5rem",
      boxShadow: "0 6px 24px var(--shadow)",
    },
    ".cm-tooltip": { maxWidth: "min(36rem, 92vw)", overflow: "hidden" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
      backgroundColor: "var(--accent)",
      color: "var(--on-accent)",
    },
    ".cm-panels input, .cm-panels button": { font: "inherit" },
    ".cm-inlay-hint": {
      color: "var(--hint)",
      fontSize: "0.85em",
      padding: "0 0.15em",
      whiteSpace: "nowrap",
    },
    ".cm-linked": { backgroundColor: "var(--linked)" },
    ".cm-diagnosticAction": {
      color: "var(--on-accent)",
      backgroundColor: "var(--accent)",
      borderRadius: "0.25rem",
      font: "inherit",
    },
  }),
];
