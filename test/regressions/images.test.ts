import { describe, expect, it } from "vitest";
import { CLAUDE, LLAMA, NOVA } from "../support/bedrock.ts";
import { PNG } from "../support/clients.ts";
import { user, visit } from "./visit.ts";

const at = visit();
const JPEG =
  "/9j/4AAQSkZJRgABAQEASABIAAD/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z";
const image = (url: string) => ({ type: "image_url", image_url: { url } });
const block = { image: { format: "png", source: { bytes: PNG } } };

describe("an image", () => {
  it.each([
    ["a parameter", `data:image/png;charset=utf-8;base64,${PNG}`],
    ["capital letters", `DATA:Image/PNG;Base64,${PNG}`],
    ["another format than its bytes", `data:image/jpeg;base64,${PNG}`],
    ["no known type", `data:application/octet-stream;base64,${PNG}`],
    ["broken lines", `data:image/png;base64,${PNG.replace(/.{20}/g, "$&\n")}`],
  ])("whose type has %s is still read as what it is (bedrock-access-gateway#234)", async (_, url) => {
    for (const model of [CLAUDE, NOVA]) {
      const { content } = await at.ask({
        model,
        messages: [user([image(url), { type: "text", text: "Look" }])],
      });
      expect(at.sent.messages[0]!.content[0]).toEqual(block);
      expect(content).toContain("I see a PNG image");
    }
  });

  it.each(["image/jpg", "image/jpeg", "image/jpeg; q=1"])(
    "from the network under content type %s (bedrock-access-gateway#234)",
    async (type) => {
      const media = {
        fetch: async () => new Response(Buffer.from(JPEG, "base64"), { headers: { "content-type": type } }),
      };
      await at.ask({ model: CLAUDE, messages: [user([image("https://example.com/x")])] }, false, { media });
      expect(at.sent.messages[0]!.content[0]!.image!.format).toBe("jpeg");
    },
  );

  it("in S3 is not downloaded (litellm#21746)", async () => {
    const uri = "s3://bucket/x.png";
    const { content } = await at.ask({ model: NOVA, messages: [user([image(uri)])] });
    expect(at.sent.messages[0]!.content[0]).toEqual({
      image: { format: "png", source: { s3Location: { uri } } },
    });
    expect(content).toContain("image in S3");
    const { status, error } = await at.refused({ model: CLAUDE, messages: [user([image(uri)])] });
    expect([status, error.param]).toEqual([400, "messages[0].content[0]"]);
  });

  it("for a model that cannot see is refused, not forgotten", async () => {
    const messages = [user([{ type: "text", text: "Look" }, image(`data:image/png;base64,${PNG}`)])];
    const { status, error } = await at.refused({ model: LLAMA, messages });
    expect([status, error.param]).toEqual([400, "messages[0].content[1]"]);
    expect(at.received).toHaveLength(0);
  });
});
