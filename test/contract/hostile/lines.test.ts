import { connect } from "node:net";
import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type House, openHouse } from "../../support/bedrock.ts";
import { DOORS, type Door } from "../../support/doors.ts";
import { fuzz } from "../../support/hostile/fuzz.ts";
import { expectError, expectLawful, expectUnpolluted } from "../../support/hostile/law.ts";
import { damaged } from "../../support/hostile/mutate.ts";
import { opaquePng } from "../../support/image-tasks.ts";

/** Request lines, headers and forms as no client writes them, on bare sockets where a client would mend them. */

const NOVA = "us.amazon.nova-pro-v1:0";
const BODY = JSON.stringify({ model: NOVA, messages: [{ role: "user", content: "Hi" }] });

let house: House;
let door: Door;
beforeAll(async () => {
  house = await openHouse();
  door = await DOORS["node:http"]!(house.withOptions({ passThrough: true }));
});
afterEach(() => {
  expect(house.logged).toEqual([]);
  house.bedrock.reset();
  expectUnpolluted();
});
afterAll(async () => {
  await door.close();
  await house.bedrock.close();
});

interface Answered {
  status: number;
  head: string;
  body: string;
}

/** All that comes back until the server hangs up. */
async function spoken(request: string): Promise<Answered> {
  const { port } = new URL(door.baseURL);
  const socket = connect(Number(port), "127.0.0.1", () => socket.write(request, "latin1"));
  let text = "";
  socket.setEncoding("latin1");
  socket.on("data", (piece: string) => (text += piece));
  await new Promise<void>((resolve) => {
    socket.once("error", () => resolve());
    socket.once("close", () => resolve());
  });
  const [head = "", ...rest] = text.split("\r\n\r\n");
  return { status: Number(head.slice(9, 12)), head, body: rest.join("\r\n\r\n") };
}

const said = (method: string, path: string, headers: readonly string[] = []): Promise<Answered> =>
  spoken(
    [
      `${method} ${path} HTTP/1.1`,
      "Host: localhost",
      "Connection: close",
      "Content-Type: application/json",
      ...headers,
      ...(method === "POST" ? [`Content-Length: ${BODY.length}`, "", BODY] : ["", ""]),
    ].join("\r\n"),
  );

const sentPaths = (): string[] => house.bedrock.requests.map(({ path }) => path);
const CONVERSE = "/model/us.amazon.nova-pro-v1%3A0/converse";

describe("a path", () => {
  it.each([
    "//evil.example/v1/chat/completions",
    "http://evil.example/v1/chat/completions",
    "http://user:secret@evil.example/v1/chat/completions",
    "/v1/chat/completions/../completions/../chat/completions",
    "/v1/%zz/chat/completions",
    "/v1/chat/completions#/models",
    `/v1/chat/completions?${"a=1&".repeat(1_000)}`,
    "/v1/chat/completions?__proto__=1&constructor=2&model=x",
  ])(
    "that names another host, climbs or brings along what nobody reads, goes where its end says: %s",
    async (path) => {
      const { status, body } = await said("POST", path);
      expect([status, body.includes("chat.completion")]).toEqual([200, true]);
      expect(sentPaths()).toEqual([CONVERSE]);
    },
  );

  it.each([
    ["POST", "*", 404],
    ["OPTIONS", "*", 404],
    ["POST", "chat/completions", 400],
    ["POST", "/v1/chat%2fcompletions", 404],
    ["POST", "/v1/chat%2Fcompletions", 404],
    ["POST", "/v1/chat/completions%00", 404],
    ["POST", "/v1/chat/completions;x=y", 404],
    ["POST", "/v1\\chat\\completions%5c", 404],
    ["POST", "/%", 404],
    ["POST", "http://evil.example:99999/v1/chat/completions", 404],
    ["POST", "http://[::1/v1/chat/completions", 404],
    ["POST", "ftp://evil.example/v1/nothing", 404],
    ["TRACE", "/v1/chat/completions", 405],
    ["PROPFIND", "/v1/models", 405],
    ["GET", "/v1/models/..%2f..%2fcredentials", 404],
    ["GET", "/v1/models/%00", 404],
    ["GET", "/v1/models/%ff", 400],
    ["GET", "/v1/models/__proto__", 404],
    ["GET", "/v1/models/constructor", 404],
  ])("that is nobody's is refused, and nothing is invoked: %s %s", async (method, path, status) => {
    const answered = await said(method, path);
    expect(answered.status).toBe(status);
    expect(sentPaths().filter((each) => each.startsWith("/model/"))).toEqual([]);
  });

  it("of many slashes is looked at once from its end", async () => {
    const { status } = await said("POST", `/v1/nothing${"/".repeat(7_000)}x`);
    expect(status).toBe(404);
  });
});

describe("a path of Bedrock's own", () => {
  it.each([
    "model/..%2f..%2fguardrail%2fabc/converse",
    "model/%2e%2e/converse",
    "model/%252e%252e%252fguardrail/converse",
    `model/${NOVA}%2f..%2f..%2fguardrail/converse`,
    `model/${NOVA}%00/converse`,
    `model/${NOVA}%0d%0ax:%20y/converse`,
    `model/${NOVA}%3fx=y/converse`,
    `model/${NOVA}%23/converse`,
    "model/evil.example%2fa.b/converse",
    "model/us-east-1.evil.example%2fa.b/converse",
    "model/arn%3Aaws%3Abedrock%3Aevil.example%3A123456789012%3Aimported-model%2Fabc123def456/converse",
    "/evil.example/model/x/converse",
    "guardrail/..%2fmodel/version/1/apply",
    "guardrail/abc/version/1%2f../apply",
    "guardrail/arn:aws:bedrock:evil.example:123456789012:guardrail%2Fabc/version/1/apply",
    "logging/modelinvocations",
    "foundation-models",
  ])("reaches no other operation and no other host: %s", async (path) => {
    const { status } = await said("POST", `/v1/bedrock/${path}`);
    expect([status, sentPaths()]).toEqual([404, []]);
  });

  it("takes no part of a query that AWS has not", async () => {
    await said("POST", `/v1/bedrock${CONVERSE}?Action=CreateUser&X-Amz-Signature=1`);
    expect(house.bedrock.requests.map(({ query }) => query)).toEqual([{}]);
  });
});

describe("headers", () => {
  it.each([
    ["two lengths", ["Content-Length: 5"]],
    ["a length and chunks", ["Transfer-Encoding: chunked"]],
    ["a header that goes on in a second line", ["X-A: b", " c: d"]],
    ["a space before the colon", ["X-A : b"]],
    ["a control character", ["X-A: a\u0000b"]],
    ["no name", [": b"]],
    ["more than a server takes", [`X-A: ${"a".repeat(70_000)}`]],
  ])("with %s never reach the house", async (_, headers) => {
    const { status } = await said("POST", "/v1/chat/completions", headers);
    expect([400, 431]).toContain(status);
    expect(sentPaths()).toEqual([]);
  });

  it.each([
    ["host", "Host: evil.example"],
    ["forwarded", "X-Forwarded-Host: evil.example"],
    ["another method", "X-HTTP-Method-Override: GET"],
    ["another path", "X-Original-URL: /v1/models"],
    ["a signature", "X-Amz-Date: 20200101T000000Z"],
    ["a token of AWS's", "X-Amz-Security-Token: t"],
    ["a target", "X-Amz-Target: AmazonBedrock.DeleteGuardrail"],
    ["a trace", "X-Amzn-Trace-Id: Root=1"],
    ["bytes beyond ASCII", "User: \u00e9\u00ff"],
  ])("of %s change nothing and reach nobody", async (_, header) => {
    const { status } = await said("POST", "/v1/chat/completions", [header]);
    expect(status).toBe(200);
    expect(sentPaths()).toEqual([CONVERSE]);
    const { host, ...sent } = house.bedrock.requests[0]!.headers;
    expect(host).toBe(new URL(house.bedrock.url).host);
    expect(JSON.stringify(sent)).not.toMatch(/evil|DeleteGuardrail|20200101|Root=1/);
  });

  it.each([
    ["content-type", "application/json; charset=utf-16"],
    ["content-type", `application/json;${" a=b;".repeat(2_000)}`],
    ["accept-encoding", "gzip;q=NaN"],
    ["content-encoding", "gzip"],
    ["anthropic-beta", `${"a,".repeat(5_000)}b`],
    ["authorization", `Bearer ${" ".repeat(9_000)}x`],
    ["x-bedrock-explain", "1, 1"],
    ["x-amzn-bedrock-guardrailidentifier", "../../x"],
    ["x-amzn-bedrock-guardrailversion", "DRAFT"],
    ["x-amzn-bedrock-trace", "__proto__"],
  ])("%s of %s is an answer or a refusal", async (name, value) => {
    const { status, body } = await said("POST", "/v1/chat/completions", [`${name}: ${value}`]);
    expect([200, 400, 415]).toContain(status);
    if (status !== 200) expectError(body.slice(body.indexOf("{"), body.lastIndexOf("}") + 1));
  });
});

describe("a form", () => {
  const BOUNDARY = "----x";
  const picture = Buffer.from(opaquePng(64, 64).base64, "base64").toString("latin1");
  const form = [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="model"\r\n\r\namazon.nova-canvas-v1:0\r\n`,
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="prompt"\r\n\r\nAn otter\r\n`,
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n${picture}\r\n`,
    `--${BOUNDARY}--\r\n`,
  ].join("");

  const send = (bytes: Uint8Array, type = `multipart/form-data; boundary=${BOUNDARY}`): Promise<Response> =>
    house.handler(
      new Request("http://localhost/v1/images/variations", {
        method: "POST",
        headers: { "content-type": type },
        body: bytes as NonNullable<RequestInit["body"]>,
      }),
    );

  it("of damaged bytes is answered or refused", async () => {
    await fc.assert(
      fc.asyncProperty(damaged(form.slice(0, 400)), async (head) => {
        await expectLawful(house, await send(Buffer.concat([head, Buffer.from(form.slice(400), "latin1")])));
      }),
      fuzz(150),
    );
  });

  it.each([
    ["__proto__", "a"],
    ["__proto__[polluted]", "1"],
    ["constructor[prototype][polluted]", "1"],
    ["metadata[__proto__][polluted]", "1"],
    ["metadata[constructor][prototype][polluted]", "1"],
    ["toString", "x"],
    ["image[__proto__]", "x"],
    [`a${"[b]".repeat(2_000)}`, "x"],
    [`${"[".repeat(5_000)}`, "x"],
    ["n", "1e400"],
    ["n", "0x10"],
    ["size", `${"9".repeat(400)}x${"9".repeat(400)}`],
    ["seed", "-0"],
  ])("with a field %s is answered or refused, and changes nothing for others", async (name, value) => {
    const field = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const { status } = await expectLawful(house, await send(Buffer.from(field + form, "latin1")));
    expect([200, 400]).toContain(status);
  });

  it.each([
    "multipart/form-data",
    "multipart/form-data; boundary=",
    `multipart/form-data; boundary=${"a".repeat(5_000)}`,
    'multipart/form-data; boundary="a\tb"',
    `multipart/form-data; boundary=${BOUNDARY}; boundary=other`,
    `multipart/form-data; ${"boundary".repeat(1_000)}`,
  ])("that is called %s is answered or refused", async (type) => {
    const { status } = await expectLawful(house, await send(Buffer.from(form, "latin1"), type));
    expect([200, 400]).toContain(status);
  });
});
