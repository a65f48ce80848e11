import { describe, expect, it } from "vitest";
import { PAGE_MEMBERS } from "../../../../src/testing/control/page.ts";
import { RESOURCES } from "../../../../src/testing/control/resources.ts";
import { emulator } from "../support.ts";
import { controlProblems, hasControlModel, readControlModel } from "./control-model.ts";

const headers = { authorization: "Bearer key" };

async function read(url: string): Promise<Record<string, unknown>> {
  const answer = await fetch(url, { headers });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
}

/** The address of an operation, with an identifier in it. */
const addressOf = (operation: string, id = ""): string =>
  readControlModel().operations[operation]!.http.requestUri.replace(/\{\w+\}/, encodeURIComponent(id));

const limitsOf = (shape: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(shape).filter(([key]) => ["min", "max", "pattern", "enum"].includes(key)),
  );

describe.skipIf(!hasControlModel())("judged by AWS's service model", () => {
  // skipped where the service model is not beside the project
  it.each(RESOURCES.flatMap(({ list, ...rest }) => (list ? [{ ...rest, list }] : [])))(
    "$list.operation takes the model's query, down to every bound and pattern",
    ({ list }) => {
      const { operations, shapes } = readControlModel();
      const given = { ...PAGE_MEMBERS, ...list.query };
      const names = Object.fromEntries(
        Object.entries(list.names ?? {}).map(([query, member]) => [member, query]),
      );
      const expected = shapes[operations[list.operation]!.input.shape]!.members ?? {};
      expect(Object.keys(given).toSorted()).toEqual(Object.keys(expected).toSorted());
      for (const [name, ref] of Object.entries(expected)) {
        expect(names[name] ?? name).toBe(ref.locationName);
        const shape = shapes[ref.shape]!;
        expect({ name, ...limitsOf(given[name]!) }).toEqual({ name, ...limitsOf(shape) });
        expect(given[name]!.kind).toBe(shape.type === "timestamp" ? "string" : shape.type);
      }
    },
  );

  it.each(RESOURCES)("$get.operation takes the model's identifier", ({ get }) => {
    const { operations, shapes } = readControlModel();
    const [name, shape] = get.identifier;
    const ref = shapes[operations[get.operation]!.input.shape]!.members?.[name];
    const { pattern, ...size } = limitsOf(shapes[ref!.shape]!);
    // The model's pattern forgets the routers that an account makes itself.
    if (get.operation === "GetPromptRouter") expect(limitsOf(shape)).toMatchObject(size);
    else expect(limitsOf(shape)).toEqual({ ...size, pattern });
  });

  it.each(RESOURCES)("what is listed and shown of every $noun has the model's shape", async (resource) => {
    const { url } = await emulator();
    const { list, get } = resource;
    if (list) {
      const listed = await read(`${url}${addressOf(list.operation)}?maxResults=1000`);
      expect(listed[list.member]).toHaveLength(resource.all("us-east-1").length);
      expect(controlProblems(list.operation, listed)).toEqual([]);
    }
    for (const item of resource.all("us-east-1")) {
      const shown = await read(`${url}${addressOf(get.operation, String(item[get.keys[0]!]))}`);
      expect(controlProblems(get.operation, shown)).toEqual([]);
    }
  });
});
