import type { Socket } from "node:net";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { eventually } from "../../support/bedrock.ts";
import type { Act, Line } from "../../support/raw-server.ts";
import { head } from "./answers.ts";
import { type Aws, openAws, requestFor } from "./aws.ts";
import { endOf } from "./end-of.ts";
import { hasty } from "./fault.ts";
import { nothingLeft } from "./nothing-left.ts";

/** AWS answers, or does not, while the request is still on its way to it. */

/** More than the network holds. */
const LONG = "long ".repeat(4_000_000);

const REFUSAL = '{"message":"Input is no good."}';

/** It reads no further; who is gone is seen when it does. */
let paused: Socket | undefined;
const pause = ({ socket }: Line): boolean => {
  paused = socket.pause();
  return false;
};

const refuse = (line: Line): boolean => {
  pause(line);
  line.socket.write(
    head("400 Bad Request", {
      "content-type": "application/json",
      "x-amzn-errortype": "ValidationException",
      "content-length": REFUSAL.length,
    }) + REFUSAL,
  );
  return false;
};

let aws: Aws;
beforeAll(async () => {
  const { server, withOptions } = await openAws();
  await endOf(await withOptions({})(requestFor("whole")));
  await server.close();
});
beforeEach(async () => {
  aws = await openAws();
});
afterEach(() => aws.server.close());

const asked = async (
  way: "whole" | "stream",
  act: Act,
  options: BedrockOpenAIOptions = {},
): Promise<string> => {
  aws.server.next(act);
  const handler = aws.withOptions({ ...options, maxBodyBytes: 64 * 2 ** 20 });
  const end = await endOf(await handler(requestFor(way, { prompt: LONG })));
  paused!.resume();
  await eventually(() => aws.server.busy === 0);
  expect(paused!.bytesRead).toBeLessThan(LONG.length);
  expect(await endOf(await handler(requestFor(way)))).toBe("the answer");
  await aws.server.close();
  return end;
};

describe.each(["whole", "stream"] as const)("a long request (%s)", (way) => {
  it("that is refused before it has arrived has AWS's refusal, and is sent no further", () =>
    nothingLeft(async () => {
      expect(await asked(way, refuse)).toBe("400 invalid_request_error");
    }));

  it("that is refused by a server that closes has its refusal, or was not heard", () =>
    nothingLeft(async () => {
      const end = await asked(way, (line) => {
        refuse(line);
        line.socket.end();
        setTimeout(() => line.socket.destroy(), 20);
        return false;
      });
      // Which of the two comes first, the refusal or the end of the connection, is the network's affair.
      expect(["400 invalid_request_error", "503 bedrock_unreachable"]).toContain(end);
    }));

  it("that is not taken is given up", () =>
    nothingLeft(async () => {
      expect(await asked(way, pause, hasty())).toBe("504 timeout");
    }));
});
