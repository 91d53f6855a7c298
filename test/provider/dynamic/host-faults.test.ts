import { describe } from "@jest/globals";
import { testHostFaults } from "../host/faults.ts";
import { openDynamic } from "../host/front-ends.ts";

describe("17 dynamic: each call to the host meets each fault, and the next run converges", () => {
  testHostFaults(openDynamic);
});
