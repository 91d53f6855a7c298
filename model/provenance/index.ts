export { builderFrom } from "./builder.ts";
export { slsaProvenance } from "./slsa.ts";
