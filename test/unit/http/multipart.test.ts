import { describe, expect, it } from "vitest";
import { delimitersIn } from "../../../src/http/boundaries.ts";
import { type FormField, readMultipart } from "../../../src/http/multipart.ts";

const LIMITS = { maxBytes: 8 * 1024 * 1024, idleMs: 1_000, signal: new AbortController().signal };
const TYPE = "multipart/form-data; boundary=line";

const asking = (body: string | FormData, contentType?: string): Request =>
  new Request("http://x", {
    method: "POST",
    body,
    ...(contentType !== undefined && { headers: { "content-type": contentType } }),
  });

const read = (body: string | FormData, contentType = TYPE, limits = LIMITS): Promise<FormField[]> =>
  readMultipart(asking(body, contentType), limits);

/** A part as it stands on the wire; the last line of a body is `END`. */
const part = (head: string, body: string): string => `--line\r\n${head}\r\n\r\n${body}\r\n`;
const text = (name: string, value: string): string =>
  part(`Content-Disposition: form-data; name="${name}"`, value);
const END = "--line--\r\n";

const refusal = async (promise: Promise<unknown>): Promise<unknown[]> => {
  const error = (await promise.then(
    () => expect.fail("it was read"),
    (thrown: unknown) => thrown,
  )) as Record<string, unknown>;
  return [error["status"], error["code"], error["param"]];
};

describe("a form", () => {
  it("has texts and files in their order, the files byte for byte", async () => {
    const bytes = Uint8Array.from({ length: 1_000 }, (_, at) => at % 256);
    const form = new FormData();
    form.append("model", "some-model");
    form.append("image[]", new Blob([bytes], { type: "image/png" }), "ü ber.png");
    form.append("prompt", "zwei\nLines, “quoted”");
    form.append("image[]", new Blob([]), "empty");
    const fields = await readMultipart(asking(form), LIMITS);
    expect(fields).toEqual([
      { name: "model", text: "some-model" },
      { name: "image[]", file: { bytes, type: "image/png", filename: "ü ber.png" } },
      { name: "prompt", text: "zwei\r\nLines, “quoted”" },
      {
        name: "image[]",
        file: expect.objectContaining({ bytes: new Uint8Array(), filename: "empty" }) as unknown,
      },
    ]);
  });

  it("that its sender has packed is told to be sent plain", async () => {
    const request = asking("\u001f\u008b", TYPE);
    request.headers.set("content-encoding", "GZIP");
    expect(await refusal(readMultipart(request, LIMITS))).toEqual([
      415,
      "unsupported_content_encoding",
      null,
    ]);
  });

  it.each([
    [
      "curl",
      `${part('Content-Disposition: form-data; name="a"; filename="f.png"\r\nContent-Type: image/png', "x")}${END}`,
    ],
    [
      "a header in lower case",
      `${part('content-disposition: form-data; name="a"; filename="f"', "x")}${END}`,
    ],
    [
      "the type first",
      `${part('Content-Type: image/png\r\nContent-Disposition: form-data; name="a"; filename="f"', "x")}${END}`,
    ],
    [
      "no line break at the end",
      `${part('Content-Disposition: form-data; name="a"; filename="f"', "x")}--line--`,
    ],
  ])("is read as %s writes it", async (_, body) => {
    const [field] = await read(body);
    expect(field).toMatchObject({ name: "a", file: { bytes: new TextEncoder().encode("x") } });
  });

  it("may hold what looks like its boundary, and lines of nothing but dashes", async () => {
    const held = `x\r\n--lin\r\n--lime--\r\n--\r\n${"-".repeat(2_000)}\n--\r\r\n`;
    expect(await read(text("a", held) + END)).toEqual([{ name: "a", text: held }]);
  });

  it.each(['multipart/form-data; boundary="line"', "Multipart/Form-Data; charset=utf-8; Boundary=line"])(
    "is known by %s",
    async (contentType) => {
      expect(await read(text("a", "1") + END, contentType)).toEqual([{ name: "a", text: "1" }]);
    },
  );

  it("may end a hundred thousand times, which holds nobody up", async () => {
    const begun = performance.now();
    expect(await read(text("a", "1") + END.repeat(100_000))).toEqual([{ name: "a", text: "1" }]);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it("without a field is one", async () => {
    expect(await read(END)).toEqual([]);
  });
});

describe("what lies about being a form is refused, in OpenAI's words", () => {
  it.each([
    ["another boundary", text("a", "1") + END, "multipart/form-data; boundary=other"],
    ["no boundary", text("a", "1") + END, "multipart/form-data"],
    ["an empty boundary", text("a", "1") + END, 'multipart/form-data; boundary=""'],
    ["a boundary without end", text("a", "1") + END, `multipart/form-data; boundary=${"x".repeat(5_000)}`],
    ["JSON", '{"model":"m"}', TYPE],
    ["nothing", "", TYPE],
    ["cut off in a part", text("a", "1234").slice(0, -4), TYPE],
    ["cut off between parts", text("a", "1"), TYPE],
    ["cut off in a header", `${text("a", "1")}--line\r\nContent-Disp`, TYPE],
    ["a part without a name", part("Content-Type: text/plain", "1") + END, TYPE],
    ["a header without end", `--line\r\n${"x-y: z\r\n".repeat(100_000)}`, TYPE],
    [
      "a hundred thousand headers",
      `${part(`${"x: y\r\n".repeat(100_000)}Content-Disposition: form-data; name="a"`, "1")}${END}`,
      TYPE,
    ],
  ])("%s", async (_, body, contentType) => {
    expect(await refusal(read(body, contentType))).toEqual([400, "invalid_form", null]);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "", "multipart/mixed; boundary=line"])(
    "as %j",
    async (contentType) => {
      expect(await refusal(read(text("a", "1") + END, contentType))).toEqual([
        415,
        "unsupported_content_type",
        null,
      ]);
    },
  );

  it("as too many fields, before one of them is read", async () => {
    expect(await refusal(read(text("a", "1").repeat(100_000) + END))).toEqual([400, "invalid_form", null]);
    expect(await read(text("a", "1").repeat(128) + END)).toHaveLength(128);
  });

  it("as too many fields that another reading of the header would hide", async () => {
    const contentType = 'multipart/form-data; x="; boundary=seen"; boundary=line';
    expect(await refusal(read(text("a", "1").repeat(100_000) + END, contentType))).toEqual([
      400,
      "invalid_form",
      null,
    ]);
  });

  it("as a text that is a file, naming it", async () => {
    const large = "x".repeat(1024 * 1024);
    expect(await read(text("a", large) + END)).toHaveLength(1);
    expect(await refusal(read(text("prompt", `${large}x`) + END))).toEqual([
      400,
      "string_above_max_length",
      "prompt",
    ]);
  });

  it("as too large, announced or not", async () => {
    const limits = { ...LIMITS, maxBytes: 1_000 };
    const body = text("a", "x".repeat(1_000)) + END;
    expect(await refusal(read(body, TYPE, limits))).toEqual([413, "request_too_large", null]);
    const announced = asking(body, TYPE);
    announced.headers.set("content-length", "1001");
    expect(await refusal(readMultipart(announced, limits))).toEqual([413, "request_too_large", null]);
  });

  it("as stalled", async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode("--line\r\n")),
    });
    const request = new Request("http://x", {
      method: "POST",
      body,
      headers: { "content-type": TYPE },
      duplex: "half",
    } as RequestInit);
    expect(await refusal(readMultipart(request, { ...LIMITS, idleMs: 20 }))).toEqual([
      408,
      "request_timeout",
      null,
    ]);
  });
});

describe("delimiters", () => {
  const found = (body: string, boundary: string): number[] => [
    ...delimitersIn(new TextEncoder().encode(body), boundary),
  ];

  it.each<[string, string, number[]]>([
    ["--b", "b", [3]],
    ["--b\r\n--b", "b", [3, 8]],
    ["x--b", "b", []],
    ["\r\n--b", "b", [5]],
    ["\r\r\n--b\n--b\r\n-b", "b", [6]],
    ["--\r\n--aab\r\n--aaab\r\n--aaaab", "aaab", [17]],
    ["\r\n-\r\n--\r\n---b\r\n--b", "b", [18]],
    ["", "b", []],
  ])("of %j", (body, boundary, ends) => {
    expect(found(body, boundary)).toEqual(ends);
  });

  it("are those that a plain search finds, in whatever repeats itself", () => {
    const boundaries = ["-", "--", "ab", "aab", "abab", "a-a", "-----a"];
    const pieces = ["\r", "\n", "\r\n", "-", "--", "a", "b", "\r\n--", "aab"];
    let seed = 7;
    const next = (bound: number): number => (seed = (seed * 48_271) % 2_147_483_647) % bound;
    for (let round = 0; round < 3_000; round += 1) {
      const body = Array.from({ length: next(30) }, () => pieces[next(pieces.length)]).join("");
      const boundary = boundaries[next(boundaries.length)]!;
      const [delimiter, whole] = [`\r\n--${boundary}`, `\r\n${body}`];
      const ends: number[] = [];
      for (let at = whole.indexOf(delimiter); at >= 0; at = whole.indexOf(delimiter, at + delimiter.length))
        ends.push(at + delimiter.length - 2);
      expect([boundary, body, found(body, boundary)]).toEqual([boundary, body, ends]);
    }
  });
});
