import { describe } from "vitest";
import { BODY_FAULTS, HTTP_FAULTS } from "./acts/http.ts";
import { allEnd } from "./all-end.ts";

describe("an AWS that", () => {
  allEnd([...BODY_FAULTS, ...HTTP_FAULTS]);
});
