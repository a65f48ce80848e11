import { expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import type { Sample, Samples } from "./sample.ts";
import { rowsUnder } from "./tables.ts";

export interface Explained {
  request: { path: string; body: unknown };
  adjustments: { param: string; action: string }[];
  error?: { param: string | null; message: string };
}

export type AsRequest = (body: Record<string, unknown>, init: RequestInit) => Request;

/** Where samples are sent. */
export interface Wire {
  handler: BedrockOpenAIHandler;
  asRequest: AsRequest;
}

/** What would be sent to AWS for a sample, or the refusal. Of several calls to AWS the first. */
async function explain(
  { body, model }: Sample,
  { handler, asRequest }: Wire,
  headers: Record<string, string>,
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

const LOSSY = ["dropped", "clamped"];

/** Holds a sample against what it is to show. */
export async function check(
  sample: Sample,
  wire: Wire,
  {
    name,
    places = [],
    headers = {},
  }: { name: string; places?: readonly string[]; headers?: Record<string, string> },
): Promise<Explained> {
  const outcome = await explain(sample, wire, headers);
  const named = (param: string): boolean =>
    param === name || param.startsWith(`${name}[`) || param.startsWith(`${name}.`);
  if (sample.shows === "rejected") {
    expect([outcome.status, placeOf(outcome)]).toEqual([400, expect.toSatisfy(named)]);
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

/** Anthropic's errors begin with the place. */
const placeOf = ({ error }: Explained): string =>
  error?.param ??
  /^([\w.]+):|'([\w.]+)'/
    .exec(error?.message ?? "")
    ?.slice(1)
    .find(Boolean) ??
  "";

/** The rows of a table against their samples: the same names, the same behaviours, and every place is reached. */
export function holds(
  heading: string,
  samples: Samples,
  nameOf: (row: string) => string,
  wire: () => Wire,
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
      const outcome = await check(sample, wire(), { name: sample.named ?? nameOf(name), places });
      if (sample.shows !== "rejected")
        for (const place of places) if (isAt(outcome, place)) reached.add(place);
    }
    expect([...reached].toSorted()).toEqual(places.toSorted());
  });
}
