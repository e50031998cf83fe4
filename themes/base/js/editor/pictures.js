// Pictures that the portal keeps. Others are not shown: nothing is fetched from elsewhere.
import { Node } from "@tiptap/core";

const KEPT = /^\/tep\/[0-9a-f]{64}\/[^/<>"\s]+$/;

export const Picture = Node.create({
  name: "picture",
  group: "inline",
  inline: true,
  draggable: true,
  addAttributes: () => ({ src: { default: null }, alt: { default: "" } }),
  parseHTML: () => [{ tag: "img[src]", getAttrs: (image) => KEPT.test(image.getAttribute("src")) && null }],
  renderHTML: ({ node: { attrs: { src, alt } } }) => ["img", { src, alt }],
});
