/** Where in the file something stands: names of members and places in lists. */
export type Path = readonly (string | number)[];

/** Something wrong with the file, or something in it that is not done. Never holds a value: it could be a secret. */
export interface Fault {
  path: Path;
  message: string;
}

export interface PlacedFault {
  /** From 1. */
  line: number | undefined;
  message: string;
}

/** A file that means nothing; all that is wrong with it, so that it is mended in one go. */
export class ConfigError extends Error {
  readonly faults: readonly PlacedFault[];

  constructor(faults: readonly PlacedFault[]) {
    super(faults.map(toLine).join("\n"));
    this.name = "ConfigError";
    this.faults = faults;
  }
}

export const toLine = ({ line, message }: PlacedFault): string =>
  line === undefined ? message : `line ${line}: ${message}`;

/** How people write it: `models.fast.region`, `model_list[0].litellm_params`. */
export const pathName = (path: Path): string =>
  path.reduce<string>((name, step) => {
    if (typeof step === "number") return `${name}[${step}]`;
    return name === "" ? step : `${name}.${step}`;
  }, "");
