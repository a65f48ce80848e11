import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TRAITS_TABLE } from "../../../src/bedrock/traits/traits-table.ts";
import { createBedrockOpenAIHandler } from "../../../src/index.ts";
import { message } from "../../../src/openai/chat-messages.ts";
import { toolPart, userPart } from "../../../src/openai/chat-parts.ts";
import { commonParameters } from "../../../src/openai/common-parameters.ts";
import { completionRequestShape } from "../../../src/openai/completion-request.ts";
import { chatRequestShape } from "../../../src/openai/chat-request.ts";
import { UNMAPPED } from "../../../src/reception/unmapped.ts";
import { GPT, NOVA, openHouse } from "../../support/bedrock.ts";
import { chatRequest, completionRequest } from "../../support/requests.ts";
import { COMPLETIONS } from "./completion-samples.ts";
import { MESSAGES } from "./message-samples.ts";
import { PARAMETERS } from "./parameter-samples.ts";
import { EXAMPLES, renderTraits } from "./rendered-traits.ts";
import { adjusted, mapped, type Sample, type Samples, SLOW } from "./sample.ts";

const page = readFileSync(new URL("../../../docs/compatibility.md", import.meta.url), "utf8");

/** The table below a heading, as it stands there. */
function tableUnder(heading: string): string {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return section.match(/(^\|.*\n?)+/m)?.[0]?.trim() ?? "";
}

interface Row {
  name: string;
  behaviours: string[];
  /** Where it lands: JSON paths in the AWS request, or the path of its URL. */
  places: string[];
}

const rowsUnder = (heading: string): Row[] =>
  tableUnder(heading)
    .split("\n")
    .slice(2)
    .map((line) => {
      const [name = "", behaviours = "", where = ""] = line.split("|").slice(1, -1);
      return {
        name: name.replaceAll("`", "").trim(),
        behaviours: behaviours.split(",").map((each) => each.trim()),
        places: [...where.matchAll(/`([^`]+)`/g)].map(([, place]) => place!),
      };
    });

interface Explained {
  request: { path: string; body: unknown };
  adjustments: { param: string; action: string }[];
  error?: { param: string };
}

const handler = createBedrockOpenAIHandler({
  region: "us-east-1",
  traits: { [SLOW]: { optimizedLatency: false } },
});

type AsRequest = (body: Record<string, unknown>, init: RequestInit) => Request;

/** What would be sent to AWS for a sample, or the refusal. Of several calls to AWS the first. */
async function explain(
  { body, model }: Sample,
  headers = {},
  asRequest: AsRequest = chatRequest,
): Promise<Explained & { status: number }> {
  const explaining = { headers: { "x-bedrock-explain": "1", ...headers } };
  const response = await handler(asRequest({ model, ...body }, explaining));
  const explained = (await response.json()) as Explained | [Explained];
  return { status: response.status, ...(Array.isArray(explained) ? explained[0] : explained) };
}

/** `a[].b` finds every `b` in the list `a`. */
function found(value: unknown, [key = "", ...rest]: string[]): boolean {
  if (key === "") return value !== undefined;
  if (typeof value !== "object" || value === null) return false;
  const inner = (value as Record<string, unknown>)[key.replace("[]", "")];
  if (!key.endsWith("[]")) return found(inner, rest);
  return Array.isArray(inner) && inner.some((item) => found(item, rest));
}

const isAt = ({ request: { path, body } }: Explained, place: string): boolean =>
  place.startsWith("/")
    ? new RegExp(`^${place.replace("{model}", "[^/]+")}$`).test(path)
    : found(body, place.split("."));

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  properties?: object;
}

/** OpenAI's published schema, where the project is developed. */
const SCHEMAS = new URL("../../../../shared/data/openai.openapi.min.json", import.meta.url);

/** The names of all parameters that one of OpenAI's schemas knows. */
function propertiesOf(schema: string): Set<string> {
  const { components } = JSON.parse(readFileSync(SCHEMAS, "utf8")) as {
    components: { schemas: Record<string, Schema> };
  };
  const properties = ({ $ref, allOf = [], ...own }: Schema): string[] => [
    ...($ref ? properties(components.schemas[$ref.split("/").at(-1)!]!) : []),
    ...Object.keys(own.properties ?? {}),
    ...allOf.flatMap(properties),
  ];
  return new Set(properties(components.schemas[schema]!));
}

const LOSSY = ["dropped", "clamped"];

/** Holds a sample against what it is to show. */
async function check(
  sample: Sample,
  name: string,
  places: readonly string[] = [],
  headers = {},
  asRequest?: AsRequest,
): Promise<Explained> {
  const outcome = await explain(sample, headers, asRequest);
  const named = (param: string): boolean =>
    param === name || param.startsWith(`${name}[`) || param.startsWith(`${name}.`);
  if (sample.shows === "rejected") {
    expect([outcome.status, outcome.error?.param]).toEqual([400, expect.toSatisfy(named)]);
    return outcome;
  }
  expect([outcome.status, outcome.error]).toEqual([200, undefined]);
  const actions = outcome.adjustments.filter(({ param }) => named(param)).map(({ action }) => action);
  const lossy = actions.filter((action) => LOSSY.includes(action));
  const others = actions.filter((action) => !LOSSY.includes(action));
  const what = `${name} of ${JSON.stringify(sample)}`;
  if (sample.shows === "adjusted") expect(lossy, `nothing is said of ${what}`).not.toEqual([]);
  if (sample.shows === "emulated") expect(others, `nothing is said of ${what}`).not.toEqual([]);
  if (sample.shows === "mapped") {
    expect(lossy, what).toEqual([]);
    const reached = places.filter((place) => isAt(outcome, place));
    if (places.length > 0) expect(reached, `no place is reached by ${what}`).not.toEqual([]);
  }
  return outcome;
}

/** The rows of a table against their samples: the same names, the same behaviours, and every place is reached. */
function holds(
  heading: string,
  samples: Samples,
  nameOf: (row: string) => string,
  asRequest?: AsRequest,
): void {
  const rows = rowsUnder(heading);

  it("says something of everything, and of nothing else", () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(samples).toSorted());
  });

  it.each(rows)("is right about $name", async ({ name, behaviours, places }) => {
    const shown = samples[name] ?? [];
    expect(behaviours.toSorted()).toEqual([...new Set(shown.map(({ shows }) => shows))].toSorted());
    const reached = new Set<string>();
    for (const sample of shown) {
      const outcome = await check(sample, sample.named ?? nameOf(name), places, {}, asRequest);
      if (sample.shows !== "rejected")
        for (const place of places) if (isAt(outcome, place)) reached.add(place);
    }
    expect([...reached].toSorted()).toEqual(places.toSorted());
  });
}

describe("the table of parameters", () => {
  holds("Parameters", PARAMETERS, (name) => name);

  it("has every parameter that the schema and the decoder know", () => {
    const known = [...Object.keys(chatRequestShape.shape), ...Object.keys(UNMAPPED)];
    expect(Object.keys(PARAMETERS).toSorted()).toEqual(known.toSorted());
  });

  it.runIf(existsSync(SCHEMAS))("has every parameter of OpenAI's own schema, before all others", () => {
    const all = propertiesOf("CreateChatCompletionRequest");
    const first = rowsUnder("Parameters").slice(0, all.size);
    expect(first.map(({ name }) => name).toSorted()).toEqual([...all].toSorted());
  });

  it.each([
    [{ n: 2 }, {}, '"index":1'],
    [{ stream: true, stream_options: { include_usage: true } }, { stream: true }, '"usage":{'],
  ])("is right that %j is seen in the answer", async (body, without, trace) => {
    const house = await openHouse();
    const told = async (asked: object): Promise<string> =>
      (await house.handler(chatRequest({ model: NOVA, ...asked }))).text();
    expect(await told(body)).toContain(trace);
    expect(await told(without)).not.toContain(trace);
    await house.bedrock.close();
  });
});

describe("what stands in no row", () => {
  const fields = "additionalModelRequestFields";
  const beta = { "anthropic-beta": "x" };

  it.each<[string, Sample, Record<string, string>, unknown]>([
    ["extra_body", mapped({ extra_body: { top_k: 3 } }), {}, { top_k: 3 }],
    ["anthropic-beta", mapped({}), beta, { anthropic_beta: ["x"] }],
    ["min_p", mapped({ min_p: 0.1 }, GPT), {}, { min_p: 0.1 }],
    ["min_p", adjusted({ min_p: 0.1 }), {}, undefined],
    ["min_p", adjusted({ min_p: 0.1 }, NOVA), {}, undefined],
    ["aws_profile_name", adjusted({ aws_profile_name: "x" }, GPT), {}, undefined],
    ["api_key", adjusted({ api_key: "x" }, GPT), {}, undefined],
    ["timeout", adjusted({ timeout: 1 }, GPT), {}, undefined],
    ["drop_params", adjusted({ drop_params: true }, GPT), {}, undefined],
  ])("becomes what the page says: %s", async (name, sample, headers, expected) => {
    const { request } = await check(sample, name, [], headers);
    expect((request.body as Record<string, unknown>)[fields]).toEqual(expected);
  });
});

describe("the table of messages", () => {
  holds("Messages", MESSAGES, () => "messages");

  it("has every role and every part that the schema knows", () => {
    type Literals = { shape: Record<string, { values?: Set<string>; options?: string[] }> };
    const literals = (union: { options: readonly unknown[] }, key: string): string[] =>
      (union.options as readonly Literals[]).flatMap(({ shape }) => [
        ...(shape[key]!.values ?? shape[key]!.options ?? []),
      ]);
    const roles = literals(message, "role").map((role) => `role ${role}`);
    const parts = [...literals(userPart, "type"), ...literals(toolPart, "type")].map(
      (type) => `part ${type}`,
    );
    expect(Object.keys(MESSAGES)).toEqual(expect.arrayContaining([...roles, ...parts]));
  });
});

describe("the table of completions", () => {
  holds("Completions", COMPLETIONS, (name) => name, completionRequest);

  it("has every parameter that only completions have", () => {
    const own = Object.keys(completionRequestShape.shape).filter((name) => !(name in commonParameters));
    expect(Object.keys(COMPLETIONS)).toEqual(expect.arrayContaining(own));
  });

  it.runIf(existsSync(SCHEMAS))("has every parameter of OpenAI's own schema, and no other", () => {
    const all = propertiesOf("CreateCompletionRequest");
    expect(Object.keys(COMPLETIONS).toSorted()).toEqual([...all].toSorted());
  });

  it.each([
    [{ n: 2 }, '"index":1'],
    [{ echo: true }, '"text":"Hello'],
    [{ stream: true, stream_options: { include_usage: true } }, '"usage":{'],
  ])("is right that %j is seen in the answer", async (body, trace) => {
    const house = await openHouse();
    const response = await house.handler(completionRequest({ model: NOVA, prompt: "Hello", ...body }));
    expect(await response.text()).toContain(trace);
    await house.bedrock.close();
  });
});

describe("the table of models", () => {
  it("has one example for each row of the traits, in their order", () => {
    const rowOf = (id: string): number => TRAITS_TABLE.findIndex(([pattern]) => pattern.test(id));
    expect(EXAMPLES.map(rowOf)).toEqual([...TRAITS_TABLE.keys(), -1]);
  });

  it("is what the traits say; where this fails, copy the expected table", () => {
    expect(tableUnder("Models")).toBe(renderTraits());
  });
});
