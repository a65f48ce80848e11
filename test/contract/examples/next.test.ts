import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureChromium } from "../../../scripts/ensure-programs.mjs";
import {
  type BedrockEmulator,
  EMULATOR_CREDENTIALS,
  startBedrockEmulator,
} from "../../../src/testing/index.ts";
import { eventually } from "../../support/bedrock.ts";
import { type Example, startExample } from "../../support/example.ts";

/** The app is built first, and a bare machine installs its browser. */
const PATIENCE = 300_000;

let bedrock: BedrockEmulator;
let example: Example;
let browser: Browser;
let url: string;

beforeAll(async () => {
  const executablePath = ensureChromium();
  bedrock = await startBedrockEmulator();
  example = startExample("examples/next/start.ts", {
    env: {
      AWS_REGION: "us-east-1",
      AWS_ENDPOINT_URL: bedrock.url,
      AWS_ACCESS_KEY_ID: EMULATOR_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: EMULATOR_CREDENTIALS.secretAccessKey,
    },
  });
  // A container lets no browser sandbox itself.
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  url = await example.printed(/Open (http:\/\/127\.0\.0\.1:\d+)/);
}, PATIENCE);

afterAll(async () => {
  await browser?.close();
  example?.stop();
  await bedrock?.close();
});

/** A page, and everything that went wrong on it. */
async function open(
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<{ page: Page; wrong: string[] }> {
  const page = await browser.newPage(options);
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(message.text());
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // The openai client lets go of a stream after its [DONE].
    if (reason !== "net::ERR_ABORTED" || !request.url().endsWith("/chat/completions"))
      wrong.push(`${request.url()}: ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.url()}: ${response.status()}`);
  });
  await page.goto(url);
  return { page, wrong };
}

const say = async (page: Page, text: string): Promise<void> => {
  await page.getByLabel("Message").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
};

/** The lengths that the last answer was seen to have, until the page takes the next message. */
async function watchGrowth(page: Page): Promise<Set<number>> {
  const lengths = new Set<number>();
  const answer = page.locator("article.assistant p").last();
  const isOver = () => page.getByRole("button", { name: "Stop" }).isHidden();
  while (!(await isOver())) lengths.add((await answer.innerText()).length);
  return lengths;
}

describe("a chat in a real browser, on a real build of the Next.js app", () => {
  it("grows while the model speaks, and shows the whole answer", async () => {
    bedrock.enqueue({
      content: [{ text: "The aurora is green because of oxygen. ".repeat(12) }],
      delayMs: 15,
    });
    const { page, wrong } = await open();
    await say(page, "Why is the aurora green?");
    expect((await watchGrowth(page)).size).toBeGreaterThan(2);
    await say(page, "Say that again?");
    await page.getByText("You said: Say that again?").waitFor();
    expect(bedrock.requests.at(-1)!.body).toMatchObject({
      messages: [
        { role: "user" },
        { role: "assistant" },
        { role: "user", content: [{ text: "Say that again?" }] },
      ],
    });
    expect(wrong).toEqual([]);
    await page.close();
  });

  it("stops the model when Stop is pressed, and goes on with the next message", async () => {
    bedrock.enqueue({ content: [{ text: "word ".repeat(5_000) }], delayMs: 5 });
    const { page, wrong } = await open();
    await say(page, "Tell me everything.");
    await page.getByText("word word").waitFor();
    const asked = bedrock.requests.at(-1)!;
    await page.getByRole("button", { name: "Stop" }).click();
    await eventually(() => asked.aborted);
    await say(page, "Enough?");
    await page.getByText("You said: Enough?").waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  it("says what AWS refused", async () => {
    bedrock.enqueue({
      error: { name: "AccessDeniedException", message: "You don't have access to the model." },
    });
    const { page } = await open();
    await say(page, "Hello?");
    expect(await page.getByRole("log").getByRole("alert").innerText()).toMatch(/^403 /);
    await page.close();
  });

  it.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["a phone's width", { colorScheme: "light", viewport: { width: 390, height: 780 } }],
  ] as const)("is there to be seen: %s", async (name, options) => {
    const { page, wrong } = await open(options);
    await say(page, "Which one is bigger, 3.9 or 3.11?");
    await page.getByText("nothing was sent to AWS").waitFor();
    const path = join(tmpdir(), `bedrock-openai-${process.pid}-${name.replaceAll(/\W/g, "-")}.png`);
    const { data, channels, width } = decode(await page.screenshot({ path }));
    await rm(path);
    const colours = new Map<string, number>();
    for (let at = 0; at < data.length; at += channels) {
      const colour = data.slice(at, at + 3).join(",");
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    // The ground, both kinds of turn, the writing on them and its soft edges.
    expect([...colours.values()].filter((count) => count > 200).length).toBeGreaterThan(4);
    const [ground] = [...colours].toSorted(([, one], [, other]) => other - one)[0]!;
    expect(Number(ground.split(",")[0]) < 128).toBe(name === "dark");
    const overflow = await page.evaluate("document.documentElement.scrollWidth");
    expect(overflow).toBeLessThanOrEqual(width);
    expect(wrong).toEqual([]);
    await page.close();
  });
});
