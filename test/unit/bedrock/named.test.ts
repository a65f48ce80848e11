import { expect, it } from "vitest";
import { named } from "../../../src/bedrock/named.ts";

const Client = (): void => undefined;

it.each([
  ["Node", { Client, default: { Client } }],
  ["a bundler of ES modules", { Client }],
  ["esbuild, where it splits a bundle", { default: { Client } } as unknown as { Client: typeof Client }],
])("the SDK's exports have their names as they are imported by %s", (_, imported) => {
  expect(named(imported).Client).toBe(Client);
});
