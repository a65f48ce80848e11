import { vi } from "vitest";

// Calls go without the SDK's client until somebody needs it, as they do in a process that has not loaded it.
vi.mock("../../src/bedrock/clients/lean/untouched.ts", () => ({ isUntouched: () => true }));
vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
