import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { install, type Installed } from "./install.ts";

const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");

/** What people write first in each place. */
const APP = `
import { createServer } from "node:http";
import express from "express";
import Koa from "koa";
import Fastify from "fastify";
import { Hono } from "hono";
import OpenAI from "openai";
import { type BedrockOpenAIOptions, createBedrockOpenAIHandler } from "bedrock-openai";
import { bedrockOpenAI as forExpress } from "bedrock-openai/express";
import { bedrockOpenAI as forFastify } from "bedrock-openai/fastify";
import { bedrockOpenAI as forHono } from "bedrock-openai/hono";
import { bedrockOpenAI as forKoa } from "bedrock-openai/koa";
import { bedrockOpenAI as forLambda } from "bedrock-openai/lambda";
import { BedrockOpenAIEmbeddings, ChatBedrockOpenAI } from "bedrock-openai/langchain";
import { bedrockOpenAI as forNext } from "bedrock-openai/next";
import { bedrockOpenAI as forPages } from "bedrock-openai/next/pages";
import { bedrockOpenAI as forNode } from "bedrock-openai/node";
import { createBedrockFetch } from "bedrock-openai/openai";
import { startBedrockEmulator } from "bedrock-openai/testing";

const options: BedrockOpenAIOptions = { region: "eu-central-1", models: { "gpt-*": "eu.amazon.nova-pro-v1:0" } };
const handler = createBedrockOpenAIHandler(options);
const answer: Promise<Response> = handler(new Request("http://x/health"));
express().use("/v1", forExpress(handler));
new Koa().use(forKoa({ prefix: "/v1", ...options }));
void Fastify().register(forFastify, { prefix: "/v1", ...options });
new Hono().all("/v1/*", forHono(options));
createServer(forNode(options));
export const { GET, POST, DELETE, OPTIONS } = forNext(options);
export const onLambda = forLambda(options);
export const page = forPages(options);
export const client = new OpenAI({ apiKey: "bedrock", baseURL: "http://bedrock/v1", fetch: createBedrockFetch(handler) });
export const chat = new ChatBedrockOpenAI({ model: "eu.amazon.nova-pro-v1:0", temperature: 0.2, region: "eu-central-1" });
export const embeddings = new BedrockOpenAIEmbeddings({ model: "cohere.embed-multilingual-v3", handler });
export const started = startBedrockEmulator();
export { answer };
`;

/** Without a single optional package: whoever has only the root must compile too, strictly, the declarations included. */
const ROOT = `
import { BedrockOpenAIError, createBedrockOpenAIHandler } from "bedrock-openai";
export const handler = createBedrockOpenAIHandler({ apiKeys: ["k"], authorize: (request) => request.url !== "" });
export const isOurs = (error: unknown): boolean => BedrockOpenAIError.isInstance(error);
`;

const RESOLUTIONS = {
  bundler: { module: "ESNext", moduleResolution: "bundler" },
  node16: { module: "Node16", moduleResolution: "node16" },
  nodenext: { module: "NodeNext", moduleResolution: "nodenext" },
};

let complete: Installed;
let bare: Installed;
beforeAll(() => {
  complete = install({ peers: true });
  bare = install({ peers: false });
});
afterAll(() => {
  complete?.remove();
  bare?.remove();
});

/** What the compiler has to say. */
function compiled(
  { folder }: Installed,
  source: string,
  resolution: object,
  { name = "app.ts", skipLibCheck = true } = {},
): string {
  writeFileSync(join(folder, name), source);
  const compilerOptions = {
    ...resolution,
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck,
    types: ["node"],
    typeRoots: [join(import.meta.dirname, "../../node_modules/@types")],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [name] }));
  try {
    return execFileSync(tsc, ["-p", folder], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe.each(Object.entries(RESOLUTIONS))("TypeScript with moduleResolution %s", (_, resolution) => {
  it("understands every subpath", () => {
    expect(compiled(complete, APP, resolution, { name: "app.mts" })).toBe("");
  });

  it("understands the root in a project that has nothing else", () => {
    expect(compiled(bare, ROOT, resolution, { name: "root.mts" })).toBe("");
  });
});
