import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join, normalize } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { bedrockOpenAI } from "../../../adapters/node.ts";
import { ensureChromium } from "../../../scripts/ensure-programs.mjs";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { type Door, listening } from "../../support/doors/served.ts";

/** A bare machine installs its browser first. */
const PATIENCE = 300_000;

const ROOT = join(import.meta.dirname, "../../../node_modules");
const PAGE = join(import.meta.dirname, "page.html");

const KEY = "sk-of-the-page";

let house: House;
let browser: Browser;
let site: Door;
const opened: Door[] = [];

/** The page, and OpenAI's own client beside it as its package has it: modules that a browser loads. */
async function openSite(): Promise<Door> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url!, "http://x").pathname);
    const [file, type] = path === "/" ? [PAGE, "html"] : [join(ROOT, path), "javascript"];
    response.setHeader("content-type", `text/${type}`).end(await readFile(file).catch(() => ""));
  });
  return listening(server, "");
}

beforeAll(async () => {
  const executablePath = ensureChromium();
  house = await openHouse();
  site = await openSite();
  // A container lets no browser sandbox itself.
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}, PATIENCE);
afterEach(async () => {
  house.bedrock.reset();
  await Promise.all(opened.splice(0).map((door) => door.close()));
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await house?.bedrock.close();
});

async function talk(page: Page, baseURL: string, apiKey: string): Promise<unknown> {
  await page.goto(`${site.baseURL}/`);
  await page.waitForFunction("document.title === 'ready'");
  return page.evaluate(`talk(${JSON.stringify({ baseURL, apiKey, model: CLAUDE })})`);
}

async function open(origins: string | string[]): Promise<string> {
  const handler = house.withOptions({ cors: { origins }, apiKeys: [KEY] });
  const door = await listening(createServer(bedrockOpenAI(handler)));
  opened.push(door);
  return door.baseURL;
}

it("OpenAI's client in a browser streams from another origin, and reads refusals and request ids", async () => {
  house.bedrock.enqueue({ content: [{ text: "grüße from afar" }] });
  const page = await browser.newPage();
  expect(await talk(page, await open([new URL(site.baseURL).origin]), KEY)).toEqual({
    text: "grüße from afar",
    requestId: expect.stringMatching(/^req_/),
    refused: { status: 400, requestID: expect.stringMatching(/^req_/), param: "messages" },
  });
  await page.close();
});

it("a browser keeps a page out that is not listed, and AWS hears nothing of it", async () => {
  const page = await browser.newPage();
  expect(await talk(page, await open("https://app.example.com"), KEY)).toEqual({
    failed: "APIConnectionError",
  });
  expect(house.bedrock.requests).toEqual([]);
  await page.close();
});

it("a page with a wrong key reads that it is wrong", async () => {
  const page = await browser.newPage();
  expect(await talk(page, await open("*"), "sk-wrong")).toEqual({ failed: 401 });
  await page.close();
});
