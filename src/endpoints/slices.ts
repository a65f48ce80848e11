/** What everything loads that is no conversation. */
export { createEmbeddings } from "../embeddings/endpoint.ts";
export { embedInProcess } from "../embeddings/in-process.ts";
export { editImages, generateImages, varyImages } from "../images/endpoint.ts";
export { listModels, retrieveModel } from "../models/endpoint.ts";
export { modeOf } from "../models/mode-of.ts";
export { supportsOf } from "../models/supports.ts";
export { createModeration } from "../moderations/endpoint.ts";
export { passThrough } from "../pass-through.ts";
export { rerank } from "../rerank/endpoint.ts";
export * from "../first-call.ts";
