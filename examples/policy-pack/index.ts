import { PolicyPack, type ResourceValidationPolicy } from "@pulumi/policy";
import { spinPolicies, validateResourcesOf } from "pulumi-spin/policy";

/** A rule of one's own: what answers the whole world under /admin has to be reached another way. */
const noAdminRoutes: ResourceValidationPolicy = {
  name: "no-public-admin",
  description: "No route below /admin is public.",
  enforcementLevel: "mandatory",
  validateResource: validateResourcesOf("Route", ({ route }, _args, report) => {
    if (route?.startsWith("/admin")) report(`The route ${route} is public. Make it private: true.`);
  }),
};

export const pack = new PolicyPack(
  "spin",
  { policies: [...spinPolicies, noAdminRoutes] },
  // Levels and settings. Settings without a level would make a policy advisory.
  {
    "spin-grants-expire": "disabled",
    "spin-outbound-hosts": { enforcementLevel: "mandatory", allowed: ["http://self", "http://10.1.2.3"] },
  },
);
