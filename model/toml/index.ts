export { pathAt, pathParts, pathTo } from "./path.ts";
export { tomlPositions } from "./positions.ts";
export { readToml } from "./read.ts";
export { isTable, type Shape, shapes } from "./shape.ts";
export { keyText, type Member, memberLines } from "./write.ts";
