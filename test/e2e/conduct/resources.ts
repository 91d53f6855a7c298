import { resources as all } from "../../../provider/resources/index.ts";

/** Those that need nothing but this machine. A deployment to a cluster is held against a real API server elsewhere. */
export const resources = all.filter(({ token }) => token !== "spin:index:KubernetesDeployment");
