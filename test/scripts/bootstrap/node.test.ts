import { expect, test } from "@jest/globals";
import { startableNode } from "../../../scripts/bootstrap/node.mjs";

test("scripts are started on the Node that runs this, and on the machine's when npm has deleted that one", () => {
  expect(startableNode()).toBe(process.execPath);
  expect(startableNode("/nowhere/node_modules/node/bin/node")).toBe("node");
});
