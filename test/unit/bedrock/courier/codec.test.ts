import { describe, expect, it } from "vitest";
import { replaceCodec } from "../../../../src/bedrock/courier/codec.ts";
import type { Destination, Parcel } from "../../../../src/bedrock/courier/parcel.ts";
import { textOf } from "../../../support/network/text-of.ts";

interface Request {
  method: string;
  path: string;
  query?: Record<string, unknown>;
  headers: Record<string, string>;
  body: unknown;
}
interface Response {
  statusCode: number;
  headers: Record<string, string>;
  body: unknown;
}
type Step = (next: (args: object) => unknown) => (args: object) => Promise<unknown>;

const BODY = new TextEncoder().encode("{}");
const CHAT: Destination = { host: "runtime", method: "POST", path: "/openai/v1/chat/completions" };

/** A stack as the SDK has it, of which only the two steps matter that are added. */
function stackOf(parcel: Partial<Parcel>) {
  const steps: Step[] = [];
  const stack = { addRelativeTo: (step: never) => void steps.push(step) };
  const codec = replaceCodec(stack, { operation: "InvokeModel", body: BODY, ...parcel });
  return {
    codec,
    async write(path: string): Promise<Request> {
      const request: Request = { method: "POST", path, headers: { accept: "x" }, body: "theirs" };
      await steps[0]!((args) => args)({ request });
      return request;
    },
    take: (response: Response) =>
      steps[2]!(steps[1]!(async () => ({ response })))({ request: { body: BODY } }),
  };
}

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

describe("a request that goes elsewhere", () => {
  it.each([
    ["/model/us.openai.gpt-6-sol/invoke", "/openai/v1/chat/completions"],
    ["/prefix/model/a%2Fb%3A0/invoke", "/prefix/openai/v1/chat/completions"],
    ["/model/model/x/invoke", "/model/openai/v1/chat/completions"],
  ])("keeps what stands before %s", async (path, expected) => {
    expect((await stackOf({ to: CHAT }).write(path)).path).toBe(expected);
  });

  it("is of our bytes, under our headers, without the query of another", async () => {
    const request = await stackOf({ to: { ...CHAT, method: "GET" }, headers: { "x-mine": "1" } }).write(
      "/model/a/invoke",
    );
    expect(request).toEqual({
      method: "GET",
      path: "/openai/v1/chat/completions",
      query: {},
      headers: { accept: "x", "content-type": "application/json", "x-mine": "1" },
      body: BODY,
    });
  });

  it("takes a path as it stands, whatever it means to replace()", async () => {
    const to = { ...CHAT, path: "/$&/$1" };
    expect((await stackOf({ to }).write("/model/a/invoke")).path).toBe("/$&/$1");
  });
});

describe("an answer", () => {
  it("is taken before the SDK reads it, in one piece or in several", async () => {
    for (const body of [pieces("a", "b"), new TextEncoder().encode("ab")]) {
      const { codec, take } = stackOf({});
      const response: Response = { statusCode: 202, headers: { a: "b" }, body };
      await take(response);
      expect([codec.taken!.statusCode, codec.taken!.headers]).toEqual([202, { a: "b" }]);
      expect(await textOf(codec.taken!.body)).toBe("ab");
      expect([response.statusCode, response.body]).toEqual([200, new Uint8Array()]);
    }
  });

  it("is told of to whoever stands in the way, as the SDK tells of it", async () => {
    const headers = { "x-amzn-requestid": "r", "x-amz-id-2": "e", "x-amz-cf-id": "c" };
    expect(await stackOf({}).take({ statusCode: 200, headers, body: pieces("a") })).toMatchObject({
      response: { headers },
      output: { $metadata: { httpStatusCode: 200, requestId: "r", extendedRequestId: "e", cfId: "c" } },
    });
  });

  it.each([
    ["ConverseStream", "stream"],
    ["InvokeModelWithResponseStream", "body"],
  ] as const)("to %s has no events for who wraps its %s", async (operation, name) => {
    const { take } = stackOf({ operation });
    const { output } = (await take({ statusCode: 200, headers: {}, body: pieces("a") })) as {
      output: Record<string, AsyncIterable<unknown>>;
    };
    expect(await output[name]![Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
  });

  it("that refuses is left to the SDK, where it knows the operation", async () => {
    const { codec, take } = stackOf({});
    const response: Response = { statusCode: 400, headers: {}, body: pieces("x") };
    await take(response);
    expect([codec.taken, response.statusCode]).toEqual([undefined, 400]);
  });

  it("that refuses is handed over where that was asked", async () => {
    const { codec, take } = stackOf({ to: { ...CHAT, anyStatus: true } });
    await take({ statusCode: 400, headers: {}, body: pieces("x") });
    expect(codec.taken!.statusCode).toBe(400);
  });
});

describe("a refusal by a native endpoint", () => {
  const refused = async (body: string, headers: Record<string, string> = {}): Promise<unknown> =>
    stackOf({ to: CHAT })
      .take({ statusCode: 429, headers, body: pieces(body) })
      .catch((thrown: unknown) => thrown);

  it.each([
    ['{"error":{"message":"no","code":"c","param":"p","type":"t"}}', { code: "c", param: "p", type: "t" }],
    ['{"type":"error","error":{"type":"overloaded_error","message":"no"}}', { type: "overloaded_error" }],
    ['{"message":"no"}', {}],
    ['{"Message":"no"}', {}],
    ['{"error":"no"}', {}],
    ['{"detail":"no"}', {}],
    ['{"object":"error","message":"no","code":400}', { code: 400 }],
  ])("is read in the form of %s", async (body, native) => {
    expect(await refused(body)).toMatchObject({ message: "no", name: "NativeError", native });
  });

  it.each(["", "<html>", "null", "[]", "1", '{"error":null}', '{"error":{"message":{}}}'])(
    "that says nothing (%j) is one all the same",
    async (body) => {
      expect(await refused(body)).toMatchObject({ message: "", $metadata: { httpStatusCode: 429 } });
    },
  );

  it("keeps what the SDK needs to try again, and AWS's name and id", async () => {
    const headers = { "x-amzn-errortype": "ThrottlingException", "x-request-id": "r", "retry-after": "7" };
    expect(await refused("{}", headers)).toMatchObject({
      name: "ThrottlingException",
      $metadata: { httpStatusCode: 429, requestId: "r" },
      $response: { statusCode: 429, headers },
    });
  });

  it("is not read without end", async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; read < 1_000; read += 1) yield new Uint8Array(16 * 1024);
    }
    const refusal = stackOf({ to: CHAT }).take({ statusCode: 500, headers: {}, body: endless() });
    await expect(refusal).rejects.toMatchObject({ message: "" });
    expect(read).toBeLessThan(10);
  });
});
