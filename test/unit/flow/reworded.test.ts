import { expect, it } from "vitest";
import { invalidRequest } from "../../../src/errors.ts";
import { reworded } from "../../../src/flow/reworded.ts";

const cause = new Error("AWS");
const error = invalidRequest("old", { code: "a", param: "b", headers: { "retry-after": "2" }, cause });

it("keeps what is not said otherwise, the cause and the headers before all", () => {
  expect(reworded(error, { message: "new", param: "input" })).toMatchObject({
    status: 400,
    message: "new",
    type: "invalid_request_error",
    code: "a",
    param: "input",
    headers: { "retry-after": "2" },
    cause,
  });
  expect(reworded(error, { status: 404, code: null })).toMatchObject({
    status: 404,
    message: "old",
    code: null,
  });
});
