import { vi } from "vitest";

// Every call goes through the SDK's middleware stack, as it does where users have added to it.
vi.mock("../../src/bedrock/courier/thin/is-plain.ts", () => ({ isPlain: async () => false }));
