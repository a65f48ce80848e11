/** Express 4 beside Express 5: its own types would clash, and those of 5 describe all that is used. */
declare module "express4" {
  export { default } from "express";
}
