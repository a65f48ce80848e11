import { describe, expect, it } from "vitest";
import type { DocumentBlock } from "../../src/conversation/types.ts";
import { CLAUDE, NOVA } from "../support/bedrock.ts";
import { PDF } from "../support/clients.ts";
import { type Body, user, visit } from "./visit.ts";

const at = visit();
const DATA = Buffer.from("a,b\n1,2\n").toString("base64");
const OFFICE = "application/vnd.openxmlformats-officedocument";

const file = (file_data: string, filename?: string, more: Body = {}): Body => ({
  type: "file",
  file: { file_data, ...(filename !== undefined && { filename }) },
  ...more,
});
const pdf = (filename?: string): Body => file(`data:application/pdf;base64,${PDF}`, filename);
const text = (words: string): Body => ({ type: "text", text: words });
const documents = (): DocumentBlock[] =>
  at.sent.messages.flatMap(({ content }) => content.flatMap(({ document }) => document ?? []));
const names = (): string[] => documents().map(({ name }) => name);

describe("a document", () => {
  it.each([CLAUDE, NOVA])(
    "reaches %s (bedrock-access-gateway#59, bedrock-access-gateway#80, bedrock-access-gateway#115)",
    async (model) => {
      const { content } = await at.ask({ model, messages: [user([text("Sum it up"), pdf("Report.pdf")])] });
      expect(documents()).toEqual([{ format: "pdf", name: "Report", source: { bytes: PDF } }]);
      expect(content).toContain('I read the document "Report"');
    },
  );

  it.each<[string, Body]>([
    ["a data URL", pdf("Report.pdf")],
    ["bare base64", file(PDF, "Report.pdf")],
    ["image_url", { type: "image_url", image_url: { url: `data:application/pdf;base64,${PDF}` } }],
    [
      "Anthropic's own part",
      { type: "document", source: { type: "base64", media_type: "application/pdf", data: PDF } },
    ],
  ])("may come as %s", async (_, part) => {
    await at.ask({ model: CLAUDE, messages: [user([text("Read"), part])] });
    expect(documents()).toMatchObject([{ format: "pdf", source: { bytes: PDF } }]);
  });

  it.each([
    ["without any text", [pdf("Report.pdf")]],
    ["beside a blank text", [pdf("Report.pdf"), text(" ")]],
  ])(
    "%s gets one beside it, which AWS insists on (litellm#20426, litellm#36499, bifrost)",
    async (_, parts) => {
      for (const model of [CLAUDE, NOVA]) {
        const { adjustments } = await at.ask({ model, messages: [user(parts)] });
        expect(at.sent.messages[0]!.content).toHaveLength(2);
        expect(adjustments).toContainEqual(expect.objectContaining({ param: "messages", action: "added" }));
      }
    },
  );

  it("without a text in a later turn gets one in that turn", async () => {
    const messages = [user("Hi"), { role: "assistant", content: "Yes?" }, user([pdf()])];
    await at.ask({ model: CLAUDE, messages });
    expect(at.sent.messages[2]!.content.some((block) => block.text)).toBe(true);
  });
});

describe("what kind of document it is", () => {
  it.each([
    [
      "by its media type, of which no system table is needed (litellm#12260)",
      file(`data:${OFFICE}.wordprocessingml.document;base64,${DATA}`),
      "docx",
    ],
    [
      "by its name under octet-stream (bifrost#5472, bifrost#5503)",
      file(`data:application/octet-stream;base64,${DATA}`, "table.xlsx"),
      "xlsx",
    ],
    ["by its name without any type", file(btoa("a,b\n".repeat(9)), "table.CSV"), "csv"],
    ["by its name, however short the file", file(DATA, "table.csv"), "csv"],
    [
      "by its own bytes, whatever the label says",
      file(`data:application/octet-stream;base64,${PDF}`, "scan.bin"),
      "pdf",
    ],
    ["by a media type with parameters", file(`data:text/csv;charset=utf-8;base64,${DATA}`), "csv"],
    [
      "as text, where nothing else is known of a text",
      file(`data:text/x-python;base64,${DATA}`, "main.py"),
      "txt",
    ],
  ])("is told %s", async (_, part, format) => {
    await at.ask({ model: CLAUDE, messages: [user([text("Read"), part])] });
    expect(documents()).toMatchObject([{ format }]);
  });

  it("that Bedrock does not take is refused by its place", async () => {
    const part = file(`data:application/zip;base64,${DATA}`, "all.zip");
    const { status, error } = await at.refused({ model: CLAUDE, messages: [user([text("Read"), part])] });
    expect([status, error.param]).toEqual([400, "messages[0].content[1].file.file_data"]);
  });
});

describe("a document's name", () => {
  it.each([
    ["Q3 report_final v2.pdf", "Q3 report final v2"],
    ["../../etc/Berichte für März.pdf", "Berichte f r M rz"],
    ["a   b.pdf", "a b"],
    ["日本語.pdf", "document"],
    ["archive.tar.pdf", "archive tar"],
    ["(draft) [2].pdf", "(draft) [2]"],
    ["", "document"],
  ])(
    "%j is within AWS's alphabet and without extension (litellm#16250, litellm#16275, baml#2286, vercel/ai@08336f1)",
    async (filename, name) => {
      await at.ask({ model: CLAUDE, messages: [user([text("Read"), pdf(filename)])] });
      expect(names()).toEqual([name]);
    },
  );

  it("of 10,000 letters is cut", async () => {
    await at.ask({ model: NOVA, messages: [user([text("Read"), pdf(`${"x".repeat(10_000)}.pdf`)])] });
    expect(names()[0]!.length).toBeLessThanOrEqual(200);
  });

  it.each<[string, Body[]]>([
    ["untitled (bifrost#7003)", [pdf(), pdf()]],
    [
      "of one name (litellm#30093, tensorzero)",
      [pdf("input.pdf"), pdf("input.pdf"), file(`data:text/csv;base64,${DATA}`, "input.csv")],
    ],
    ["different only in what is refused", [pdf("a_b.pdf"), pdf("a.b.pdf")]],
    ["named like the number of another", [pdf("a.pdf"), pdf("a (2).pdf"), pdf("a.pdf")]],
  ])("tells documents apart that are %s", async (_, parts) => {
    const messages = [
      user([text("Read"), parts[0]!]),
      { role: "assistant", content: "And?" },
      user([text("Read"), ...parts.slice(1)]),
    ];
    await at.ask({ model: CLAUDE, messages });
    expect(new Set(names()).size).toBe(parts.length);
  });

  it("is the same on every request, also as the conversation grows, or nothing is cached (litellm#29418, vercel/ai@d546725)", async () => {
    const turns = [
      user([text("Read"), pdf(), pdf()]),
      { role: "assistant", content: "Done." },
      user([text("And"), pdf()]),
    ];
    await at.ask({ model: CLAUDE, messages: turns.slice(0, 1) });
    const first = at.sent.messages;
    await at.ask({ model: CLAUDE, messages: turns });
    expect(at.sent.messages.slice(0, 1)).toEqual(first);
    const grown = at.sent.messages;
    await at.ask({ model: CLAUDE, messages: turns });
    expect(at.sent.messages).toEqual(grown);
  });
});

describe("a document by address", () => {
  it("in S3 is left for the model to fetch (litellm#21746)", async () => {
    const uri = "s3://bucket/folder/Annual report.pdf";
    const fetched: string[] = [];
    const media = { fetch: async (url: string) => (fetched.push(url), new Response()) };
    await at.ask(
      { model: NOVA, messages: [user([text("Read"), { type: "file", file: { file_id: uri } }])] },
      false,
      { media },
    );
    expect(documents()).toEqual([{ format: "pdf", name: "Annual report", source: { s3Location: { uri } } }]);
    expect(fetched).toEqual([]);
  });

  it.each([
    "http://127.0.0.1/x.pdf",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:10.0.0.1]/x.pdf",
    "http://localhost:1/x.pdf",
  ])("inside the server's own network is not fetched (bifrost): %s", async (url) => {
    const { status, error } = await at.refused({
      model: CLAUDE,
      messages: [user([text("Read"), { type: "file", file: { file_id: url } }])],
    });
    expect(status).toBe(400);
    expect(error.param).toMatch(/^messages\[0\]\.content\[1\]/);
    expect(at.received).toHaveLength(0);
  });

  it("of a local file is refused", async () => {
    const part = { type: "file", file: { file_data: "file:///etc/passwd" } };
    expect((await at.refused({ model: CLAUDE, messages: [user([text("Read"), part])] })).status).toBe(400);
  });

  it("that can be fetched is sent as bytes under its own name", async () => {
    const headers = { "content-type": "application/pdf" };
    const media = { fetch: async () => new Response(Buffer.from(PDF, "base64"), { headers }) };
    const part = { type: "file", file: { file_data: "https://example.com/a/Annual%20report.pdf?x=1" } };
    await at.ask({ model: CLAUDE, messages: [user([text("Read"), part])] }, false, { media });
    expect(documents()).toMatchObject([{ format: "pdf", source: { bytes: PDF } }]);
  });
});
