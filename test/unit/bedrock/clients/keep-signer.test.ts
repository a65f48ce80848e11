import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { expect, it } from "vitest";
import { keepSigner } from "../../../../src/bedrock/clients/keep-signer.ts";

it("makes one signer, which signs with the credentials of the moment", async () => {
  let accessKeyId = "AKIDFIRST";
  const client = new BedrockRuntimeClient({
    region: "eu-west-1",
    credentials: async () => ({ accessKeyId, secretAccessKey: "secret", expiration: new Date(0) }),
  });
  keepSigner(client);
  const signer = await client.config.signer();
  const authorization = async (): Promise<string> => {
    const request = { method: "POST", protocol: "https:", hostname: "x.test", path: "/", headers: {} };
    const signed = await signer.sign({ ...request, query: {} } as never);
    return (signed as unknown as { headers: Record<string, string> }).headers["authorization"]!;
  };
  expect(await authorization()).toMatch(/Credential=AKIDFIRST\/\d{8}\/eu-west-1\/bedrock\/aws4_request/);
  accessKeyId = "AKIDSECOND";
  expect(await authorization()).toMatch(/Credential=AKIDSECOND\//);
  expect(await client.config.signer()).toBe(signer);
});

it("does not keep what could not be made", async () => {
  const regions: string[] = [];
  const client = new BedrockRuntimeClient({
    region: async () => {
      const [region] = regions;
      if (region === undefined) throw new Error("no Region yet");
      return region;
    },
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
  });
  keepSigner(client);
  await expect(client.config.signer()).rejects.toThrow("no Region yet");
  regions.push("us-east-1");
  expect(await client.config.signer()).toHaveProperty("sign");
});
