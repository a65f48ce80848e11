/** The image families stand a folder deeper, and take from here what they need of the emulator. */
export type { ImageFormat, JsonObject } from "../../conversation/types.ts";
export type { Model } from "../catalogue/model-id.ts";
export type { BodyShape, ObjectShape } from "../invoke/body-shape.ts";
export { anything, flag, integer, list, number, object, oneOf, string, text } from "../invoke/body-shape.ts";
export type { Finding } from "../invoke/finding.ts";
export { malformed, malformedBody } from "../invoke/malformed.ts";
export { colourByNumber, colourNamedIn } from "../media/colours.ts";
export { imageHeader } from "../media/image-header.ts";
export type { Picture, Rgb } from "../media/picture.ts";
export { averageOf } from "../media/picture.ts";
export { readPng } from "../media/read-png.ts";
export { writeFlatJpeg } from "../media/write-flat-jpeg.ts";
export { writeFlatWebp } from "../media/write-flat-webp.ts";
export { writePng } from "../media/write-png.ts";
export { isObject } from "../rules/request.ts";
export { firstOf } from "../rules/rule.ts";
export type { DataFamily } from "./data-family.ts";
