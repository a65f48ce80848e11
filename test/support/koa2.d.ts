/** Koa 2 beside Koa 3, whose types describe all that is used. */
declare module "koa2" {
  export { default } from "koa";
}
