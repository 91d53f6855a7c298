export { type DescribedAttachment, describeAttached } from "./describe.ts";
export { keySigner } from "./key-signer.ts";
export type { SignaturePolicy, VerifiedSigner } from "./policy.ts";
export { attachStatement, attestArtifact, mustResolve, signArtifact } from "./sign.ts";
export type { Signer } from "./signer.ts";
export { verifyArtifact } from "./verify.ts";
