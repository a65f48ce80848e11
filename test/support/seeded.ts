import * as fc from "fast-check";

/** The same cases in every run, so that a red build is about the change. `PROPERTY_SEED=random` draws others. */
const { PROPERTY_SEED = "20261122" } = process.env;

if (PROPERTY_SEED !== "random") fc.configureGlobal({ seed: Number(PROPERTY_SEED) });
