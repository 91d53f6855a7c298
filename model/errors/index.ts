export { describeIssue, type Issue, issue, type Position } from "./issue.ts";
export { describeError, isSpinError, SpinError } from "./spin-error.ts";
export { type Code, type ErrorEntry, type Fault, table } from "./table.ts";
