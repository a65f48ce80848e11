import { describe, expect, it } from "vitest";
import type { CallContext } from "../../src/context.ts";
import { BedrockOpenAIError } from "../../src/errors.ts";
import { route } from "../../src/routes.ts";

/** The id in a 400 or 404 of `GET /models/{id}`, or what else became of the request. */
async function asked(path: string): Promise<unknown> {
  const seen: string[] = [];
  const context = {
    request: new Request("http://x"),
    options: {},
    caller: {},
    signal: new AbortController().signal,
    bedrock: {
      models: async () => {
        seen.push("models");
        return [];
      },
    },
  } as unknown as CallContext;
  try {
    await route("GET", path).endpoint(context);
  } catch (error) {
    return (
      /The model '(.*)' does not exist/.exec((error as Error).message)?.[1] ??
      (error as { code: string }).code
    );
  }
  return seen[0];
}

describe("the way to one model", () => {
  it.each([
    ["/models/a.b-v1:0", "a.b-v1:0"],
    ["/v1/models/a.b-v1%3A0", "a.b-v1:0"],
    ["/v1/models/bedrock/a.b-v1:0/", "bedrock/a.b-v1:0"],
    [
      "/v1/models/arn:aws:bedrock:us-east-1:1:imported-model%2Fabc",
      "arn:aws:bedrock:us-east-1:1:imported-model/abc",
    ],
    [
      "/v1/models/arn:aws:bedrock:us-east-1:1:imported-model/abc",
      "arn:aws:bedrock:us-east-1:1:imported-model/abc",
    ],
    ["/v1/models/accounts%2Fme%2Fmodels%2Fmine", "accounts/me/models/mine"],
    ["/models/v1/models/a.b", "a.b"],
    ["/api/models-api/v1/models/a.b", "a.b"],
  ])("%s", async (path, id) => {
    expect(await asked(path)).toBe(id);
  });

  it.each(["/models", "/v1/models", "/v1/models/", "/models/v1/models", "/models-api/v1/models"])(
    "%s is the list",
    async (path) => {
      expect(await asked(path)).toBe("models");
    },
  );

  it.each(["/v1/mymodels/a.b", "/v1/models-api/a.b", "/v1/model/a.b"])("%s is nowhere", async (path) => {
    expect(await asked(path)).toBe("unknown_url");
  });

  it.each(["%", "%zz", "%E0%A4%A", "a%2"])(
    "refuses the broken encoding of %s as the caller's fault",
    async (id) => {
      await expect(route("GET", `/v1/models/${id}`).endpoint(fakeless())).rejects.toMatchObject({
        status: 400,
      });
    },
  );

  it.each(["/models-api/v1/chat/completions", "/models/chat/completions", "/v1/models/v1/chat/completions"])(
    "does not take %s for a model",
    (path) => {
      expect(() => route("POST", path)).not.toThrow();
      expect(() => route("PUT", path)).toThrow(expect.objectContaining({ status: 405 }));
    },
  );

  it("answers a mount that is called like the list as if it were not there", async () => {
    const response = await route("GET", "/models/health").endpoint(fakeless());
    expect(await response.json()).toEqual({ status: "OK" });
  });

  it.each(["DELETE", "POST", "PUT", "PATCH"])(
    "says of %s that it is not allowed, not that nothing is there",
    (method) => {
      expect(() => route(method, "/v1/models/a.b")).toThrow(
        expect.objectContaining({ status: 405, headers: { allow: "GET, OPTIONS" } }),
      );
    },
  );
});

const fakeless = (): CallContext =>
  ({ request: new Request("http://x"), options: {} }) as unknown as CallContext;

describe("the way to Bedrock's own paths", () => {
  const ON = { passThrough: true };

  it.each(["/bedrock/model/a.b/converse", "/v1/bedrock/x", "/models-api/bedrock/async-invoke"])(
    "%s is there only where it is on",
    (path) => {
      for (const method of ["GET", "POST"]) {
        expect(() => route(method, path, ON)).not.toThrow();
        expect(() => route(method, path)).toThrow(expect.objectContaining({ status: 404 }));
      }
      expect(() => route("PUT", path)).toThrow(expect.objectContaining({ status: 404 }));
      expect(() => route("OPTIONS", path)).toThrow(expect.objectContaining({ status: 404 }));
    },
  );

  it.each(["/bedrock", "/v1/mybedrock/model/a.b/converse", "/v1/bedrock-x/model/a.b/converse"])(
    "%s is nowhere",
    (path) => {
      expect(() => route("POST", path, ON)).toThrow(expect.objectContaining({ status: 404 }));
    },
  );

  it("is never a model's", () => {
    expect(() => route("POST", "/v1/models/bedrock/a.b", ON)).toThrow(
      expect.objectContaining({ status: 405, headers: { allow: "GET, OPTIONS" } }),
    );
  });
});

describe("the way to what is kept", () => {
  it.each([
    ["POST", "/v1/chat/completions", "/chat/completions"],
    ["GET", "/v1/chat/completions/", "/chat/completions"],
    ["GET", "/v1/chat/completions/chatcmpl-1", "/chat/completions/{id}"],
    ["DELETE", "/api/messages/v1/chat/completions/chatcmpl-1", "/chat/completions/{id}"],
    ["GET", "/v1/chat/completions/chatcmpl-1/messages", "/chat/completions/{id}/messages"],
    ["POST", "/v1/messages", "/messages"],
    ["POST", "/v1/completions", "/completions"],
    ["POST", "/v1/responses/compact", "/responses/compact"],
    ["POST", "/v1/responses/input_tokens", "/responses/input_tokens"],
    ["GET", "/v1/responses/resp_1", "/responses/{id}"],
    ["POST", "/v1/responses/resp_1/cancel", "/responses/{id}/cancel"],
    ["POST", "/conversations", "/conversations"],
    ["GET", "/conversations/v1/conversations/conv_1/items", "/conversations/{id}/items"],
    ["DELETE", "/v1/conversations/conv_1/items/msg_1", "/conversations/{id}/items/{item_id}"],
    ["DELETE", "/v1/conversations/conv_1/items/items", "/conversations/{id}/items/{item_id}"],
  ])("%s %s is %s", (method, path, known) => {
    expect(route(method, path).path).toBe(known);
  });

  it.each(["/v1/conversations", "/v1/conversations//items", "/v1/chat/completions//messages"])(
    "GET %s is nowhere",
    (path) => {
      expect(() => route("GET", path)).toThrow(BedrockOpenAIError);
    },
  );
});
