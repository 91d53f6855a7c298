export { localContent } from "./local-content.ts";
