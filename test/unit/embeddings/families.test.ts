import { expect, it } from "vitest";
import { embeddingFamilyOf } from "../../../src/embeddings/families.ts";

it.each([
  ["amazon.titan-embed-text-v1", "titan-text-v1"],
  ["amazon.titan-embed-text-v1:2:8k", "titan-text-v1"],
  ["amazon.titan-embed-g1-text-02", "titan-text-v1"],
  ["amazon.titan-embed-text-v2:0", "titan-text-v2"],
  ["amazon.titan-embed-image-v1:0", "titan-multimodal"],
  ["cohere.embed-english-v3:0:512", "cohere-v3"],
  ["cohere.embed-multilingual-v3", "cohere-v3"],
  ["cohere.embed-v4:0", "cohere-v4"],
  ["amazon.nova-2-multimodal-embeddings-v1:0", "nova-multimodal"],
  ["twelvelabs.marengo-embed-2-7-v1:0", "marengo-2"],
  ["twelvelabs.marengo-embed-3-0-v1:0", "marengo-3"],
])("%s is called as %s", (model, name) => {
  expect(embeddingFamilyOf(model)?.name).toBe(name);
});

it.each([
  ["amazon.titan-embed-text-v3:0", "titan-text-v2"],
  ["cohere.embed-v5:0", "cohere-v4"],
  ["amazon.nova-3-multimodal-embeddings-v1:0", "nova-multimodal"],
  ["twelvelabs.marengo-embed-4-0-v1:0", "marengo-3"],
])("%s, which nobody knows yet, is called as the newest of its kind", (model, name) => {
  expect(embeddingFamilyOf(model)?.name).toBe(name);
});

it.each([
  "",
  "text-embedding-3-small",
  "amazon.titan-text-express-v1",
  "amazon.titan-image-generator-v2:0",
  "amazon.nova-pro-v1:0",
  "cohere.rerank-v3-5:0",
  "cohere.command-r-v1:0",
  "twelvelabs.pegasus-1-2-v1:0",
  "acme.amazon.titan-embed-text-v2:0",
])("%j embeds nothing", (model) => {
  expect(embeddingFamilyOf(model)).toBeUndefined();
});
