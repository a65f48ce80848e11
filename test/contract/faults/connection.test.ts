import { describe } from "vitest";
import { CONNECTION_FAULTS } from "./acts/connection.ts";
import { allEnd } from "./all-end.ts";

describe("a connection on which AWS", () => {
  allEnd(CONNECTION_FAULTS);
});
