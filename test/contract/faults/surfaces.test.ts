import { beforeAll, describe, expect, it } from "vitest";
import { GPT } from "../../support/native.ts";
import { CONNECTION_FAULTS } from "./acts/connection.ts";
import { STREAM_EXCEPTIONS } from "./acts/exceptions.ts";
import { FRAME_FAULTS } from "./acts/frames.ts";
import { BODY_FAULTS, HTTP_FAULTS } from "./acts/http.ts";
import { answer } from "./acts/say.ts";
import type { End, Fault } from "./fault.ts";
import { meet } from "./meet.ts";
import { nameOf } from "./all-end.ts";

/** What holds for a stream of Converse holds for one that AWS answers in other words. */

const LLAMA = "bedrock/invoke/us.meta.llama3-3-70b-instruct-v1:0";
const ANY = [...CONNECTION_FAULTS, ...BODY_FAULTS, ...HTTP_FAULTS];

/** A host that does not stream answers JSON, which is told as it comes; and `[DONE]` is the end, whatever is lost behind it. */
const OTHERWISE: Readonly<Record<string, End>> = {
  "answers 200 with `{}`": "frame stream_interrupted",
  "answers 200 without output": "frame stream_interrupted",
  "announces more than it sends": "the answer",
};

const streamed = (faults: readonly Fault[]): (Fault & { name: string })[] =>
  faults.filter(({ ends }) => ends.stream).map((fault) => ({ ...fault, name: nameOf(fault) }));

interface Surface {
  surface: string;
  model: string;
  faults: readonly Fault[];
  otherwise: Readonly<Record<string, End>>;
}

describe.each<Surface>([
  {
    surface: "InvokeModel",
    model: LLAMA,
    faults: [...ANY, ...FRAME_FAULTS, ...STREAM_EXCEPTIONS],
    otherwise: {},
  },
  { surface: "AWS's own chat endpoint", model: GPT, faults: ANY, otherwise: OTHERWISE },
])("a stream of $surface in which AWS", ({ model, faults, otherwise }) => {
  beforeAll(() => meet({ what: "answers", act: answer, ends: {} }, "stream", model));

  it.each(streamed(faults))("$name", async (fault) => {
    expect(await meet(fault, "stream", model)).toBe(otherwise[fault.what] ?? fault.ends.stream);
  });
});
