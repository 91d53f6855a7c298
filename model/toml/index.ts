export { pathAt, pathTo } from "./path.ts";
export { type Place, tomlPositions } from "./positions.ts";
export { readToml } from "./read.ts";
export { type DocumentCodes, isTable, type Shape, shapes } from "./shape.ts";
export { inlineText, keyText, type KeyOrder, type Member, memberLines, valueText } from "./write.ts";
