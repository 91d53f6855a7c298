export { type Bundle, bundleMediaType, isBundleType, readBundle, writeKeyBundle } from "./bundle.ts";
export { type Claim, claimOf, claimOfCertificate } from "./claim.ts";
export { preAuthEncoding } from "./envelope.ts";
export {
  isSignedBy,
  keyHint,
  type PrivateKey,
  type PublicKey,
  readPrivateKey,
  readPublicKey,
} from "./keys.ts";
export {
  readSimpleSigning,
  signatureTag,
  simpleSigningKeys,
  simpleSigningMediaType,
  writeSimpleSigning,
} from "./simple-signing.ts";
export {
  cycloneDxPredicate,
  provenancePredicate,
  readStatement,
  signedPredicate,
  statementMediaType,
  writeStatement,
} from "./statement.ts";
