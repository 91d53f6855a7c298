export { fromV1 } from "./from-v1.ts";
export { v1Path } from "./places.ts";
export { v1ShapeIssues } from "./shape.ts";
