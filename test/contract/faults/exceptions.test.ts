import { describe, expect, it } from "vitest";
import { hasServiceModel, readServiceModel } from "../../support/service-model.ts";
import { EXCEPTIONS, REFUSALS, STREAM_EXCEPTIONS } from "./acts/exceptions.ts";
import { allEnd } from "./all-end.ts";

describe("an AWS that", () => {
  allEnd([...REFUSALS, ...STREAM_EXCEPTIONS]);
});

interface ExceptionShape {
  exception?: boolean;
  error?: { httpStatusCode: number };
}

describe.runIf(hasServiceModel())("AWS's own service model", () => {
  const shapes = hasServiceModel() ? readServiceModel() : {};

  it("has no exception that is not met here, under its status", () => {
    const modelled = Object.entries(shapes as Record<string, ExceptionShape>).filter(
      ([, { exception }]) => exception,
    );
    expect(modelled.length).toBeGreaterThan(8);
    for (const [name, { error }] of modelled)
      expect(EXCEPTIONS).toContainEqual(expect.arrayContaining([name, error!.httpStatusCode]));
  });

  it("has none inside a stream that is not met there", () => {
    const union = ["ConverseStreamOutput", "ResponseStream"].flatMap((name) =>
      Object.keys(shapes[name]!.members!),
    );
    const modelled = union.filter((member) => member.endsWith("Exception"));
    const met = STREAM_EXCEPTIONS.map(({ what }) => /\w+Exception/.exec(what)![0]);
    expect(modelled.filter((name) => !met.includes(name))).toEqual([]);
  });
});
