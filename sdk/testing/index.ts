export { assertGrants, grantsOf } from "./grants.ts";
export { type Outbound } from "./outbound.ts";
export { runApp, type RunAppOptions } from "./run-app.ts";
export { runStack, type RunStackOptions } from "./run-stack.ts";
export { type TestApp, type TestStore } from "./test-app.ts";
export { type TestResource, TestStack } from "./test-stack.ts";
