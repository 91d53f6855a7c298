import { describe } from "@jest/globals";
import { testHostFaults } from "../host/faults.ts";
import { openPlugin } from "../host/front-ends.ts";

describe("17 plugin: each call to the host meets each fault, and the next run converges", () => {
  testHostFaults(openPlugin);
});
