import { toFaults } from "./complaints.ts";
import { parseConfigDocument } from "./document.ts";
import { type Environment, withEnvironment } from "./environment.ts";
import { ConfigError, type Fault, type Path, type PlacedFault } from "./fault.ts";
import { fromLiteLLM } from "./litellm/from-litellm.ts";
import { CONFIG, type ConfigFile } from "./shape.ts";

export interface ParsedConfig {
  config: ConfigFile;
  /** What the file asks for and does not get. */
  warnings: readonly PlacedFault[];
}

/**
 * A configuration file's meaning: a pure function of its text and the environment.
 * @throws ConfigError with everything that is wrong, by line, and without the values.
 */
export function parseConfig(text: string, environment: Environment): ParsedConfig {
  const { value, lineOf } = parseConfigDocument(text);
  const placed = ({ path, message }: { path: Path; message: string }): PlacedFault => ({
    line: lineOf(path),
    message,
  });
  const refuse = (faults: readonly Fault[]): void => {
    if (faults.length > 0) throw new ConfigError(byLine(faults.map(placed)));
  };

  const filled = withEnvironment(value, environment);
  const { own, litellm, warnings, faults } = fromLiteLLM(filled.value as Record<string, unknown>);
  const { data, error } = CONFIG.safeParse(own);
  const unset = filled.faults.filter(({ path }) => !warnings.some((left) => isIn(path, left.path)));
  const misshapen = [...faults, ...(error ? toFaults(error) : [])];
  // What a missing variable would have said cannot be judged.
  const judged = misshapen.filter(({ path }) => !filled.faults.some((missing) => isIn(path, missing.path)));
  refuse([...unset, ...judged]);
  return { config: merged(data!, litellm, refuse), warnings: byLine(warnings.map(placed)) };
}

/** A variable in a part that is left out is missed by nobody: the key of another provider, a database's password. */
const isIn = (path: Path, part: Path): boolean =>
  part.length > 0 && part.every((step, index) => path[index] === step);

const byLine = (faults: readonly PlacedFault[]): PlacedFault[] =>
  faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));

/** Both in one file, so that it can be moved over piece by piece. What stands under our own names comes first. */
function merged(
  own: ConfigFile,
  litellm: ConfigFile,
  refuse: (faults: readonly Fault[]) => void,
): ConfigFile {
  const twice = Object.keys(own.models ?? {}).filter((name) => Object.hasOwn(litellm.models ?? {}, name));
  refuse(
    twice.map((name) => ({
      path: ["models", name],
      message: `'${name}' stands in 'model_list' too.`,
    })),
  );
  const models = { ...own.models, ...litellm.models };
  return { ...litellm, ...own, ...(Object.keys(models).length > 0 && { models }) };
}
