import { describe, expect, it } from "vitest";
import { headersOf, takePlainBody } from "../../../src/http/plain-bodies.ts";
import { textResponse } from "../../../src/http/text-response.ts";

const TEXT = '{"said":"héllo"}';

const made = (text = TEXT): Response =>
  textResponse(text, { status: 201, statusText: "Made", headers: { "content-type": "application/json" } });

const ownResponse = (text = TEXT): Response =>
  new Response(text, { status: 201, statusText: "Made", headers: { "content-type": "application/json" } });

const READERS = {
  text: async (response: Response): Promise<unknown> => response.text(),
  json: async (response: Response): Promise<unknown> => response.json(),
  arrayBuffer: async (response: Response): Promise<unknown> => response.arrayBuffer(),
  blob: async (response: Response): Promise<unknown> => {
    const blob = await response.blob();
    return [blob.type, await blob.text()];
  },
  body: async (response: Response): Promise<unknown> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of response.body!) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  },
  "a clone": async (response: Response): Promise<unknown> => {
    const clone = response.clone();
    return [await clone.text(), await response.text(), clone.headers.get("content-type")];
  },
  "a response of its body": async (response: Response): Promise<unknown> => {
    const { status, statusText, headers, ...other } = new Response(response.body, response);
    return [status, statusText, headers, other, await new Response(response.body).text().catch(String)];
  },
};

describe("a response whose text is at hand is read as all others are", () => {
  it.for(Object.entries(READERS))("by %s", async ([, read]) => {
    expect(await read(made())).toEqual(await read(ownResponse()));
  });

  it.for(Object.entries(READERS))("by %s, and then says that it was", async ([, read]) => {
    const [ours, own] = [made(), ownResponse()];
    await Promise.all([read(ours), read(own)]);
    expect(ours.bodyUsed).toBe(own.bodyUsed);
    await expect(ours.text()).rejects.toThrow(TypeError);
    await expect(ours.json()).rejects.toThrow(TypeError);
    await expect(ours.arrayBuffer()).rejects.toThrow(TypeError);
    expect(() => ours.clone()).toThrow(TypeError);
    expect(takePlainBody(ours)).toBeUndefined();
  });

  it("by whoever holds its stream already", async () => {
    const response = made();
    const reader = response.body!.getReader();
    expect(takePlainBody(response)).toBeUndefined();
    await expect(response.text()).rejects.toThrow(TypeError);
    expect(Buffer.from((await reader.read()).value!).toString()).toBe(TEXT);
  });

  it("by whoever makes another one of its kind", async () => {
    const response = made();
    const { constructor } = response as { constructor: unknown };
    expect(constructor).toBe(Response);
    const other = new (constructor as typeof Response)(response.body, response);
    expect([other.status, await other.text()]).toEqual([201, TEXT]);
  });

  it("by whoever copies what is in it", () => {
    const namesIn = (response: Response): string[] => {
      const names: string[] = [];
      for (const name in response) names.push(name);
      return names.toSorted();
    };
    expect(namesIn(made())).toEqual(namesIn(ownResponse()));
  });

  it("by `json` where it is none", async () => {
    await expect(made("{").json()).rejects.toThrow(SyntaxError);
  });
});

describe("the headers of such a response", () => {
  it("may be changed until it is sent, and its clone has them", () => {
    const response = made();
    expect(response.body).not.toBeNull();
    response.headers.set("x-later", "yes");
    expect(response.clone().headers.get("x-later")).toBe("yes");
    expect(response).toBeInstanceOf(Response);
    expect([response.status, response.statusText, response.ok]).toEqual([201, "Made", true]);
  });

  it("are those of Node's own for whoever asks, also what was told before", () => {
    const response = made();
    headersOf(response).set("x-early", "yes");
    expect([...response.headers]).toEqual([
      ["content-type", "application/json"],
      ["x-early", "yes"],
    ]);
    expect(headersOf(response)).toBe(response.headers);
    expect(new Response(null, response).headers.get("x-early")).toBe("yes");
  });

  it("are told one by one to a door, which asks for no `Headers`", () => {
    const response = made();
    const headers = headersOf(response);
    headers.set("x-early", "yes");
    expect([...headers]).toEqual([...response.headers]);
  });
});

describe("a door that takes the text", () => {
  it("takes it once; nobody else reads it then", async () => {
    const response = made();
    expect(takePlainBody(response)).toBe(TEXT);
    expect(takePlainBody(response)).toBeUndefined();
    expect(response.bodyUsed).toBe(true);
    await expect(response.text()).rejects.toThrow(TypeError);
  });
});
