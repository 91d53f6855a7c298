import { describe } from "@jest/globals";
import { testHostFaults } from "../host/faults.ts";
import { openPlugin } from "../host/front-ends.ts";

describe("reference/pulumi.md 5.3, row 17, plugin: faults between provider and host", () => {
  testHostFaults(openPlugin);
});
