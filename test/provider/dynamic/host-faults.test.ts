import { describe } from "@jest/globals";
import { testHostFaults } from "../host/faults.ts";
import { openDynamic } from "../host/front-ends.ts";

describe("reference/pulumi.md 5.3, row 17, dynamic: faults between provider and host", () => {
  testHostFaults(openDynamic);
});
