/**
 * The booth core: what pages may use. In the browser bundle it is the global `PingyiBooth`.
 *
 * Everything secret happens on the device that runs this. Nothing here talks to a server or
 * touches the page, and nothing needs a secure context.
 */
export { type BackKind, handBack } from './back.ts';
export { BallotMaker, type FinishedBallot } from './ballot.ts';
export { type CredentialKeys, deriveCredential, generateCredential, type ParsedCredential, parseCredential } from './credential.ts';
export { type Election, parseElection, type Question } from './election.ts';
export { sha256Base64 } from './hash.ts';
export { openedBallot } from './opened.ts';
export { BoothError, type BoothErrorCode } from './errors.ts';
export { randomIndex } from './random.ts';
export { RowQueue, type Schedule, whenIdle } from './queue.ts';
export { countedBallots, type Sums, sumBallots, tallyOf } from './recount.ts';
export type { Choice, Row } from './row.ts';
export { generateSlip, type ParsedSlip, parseSlip, printedSlip, slipCredential, type SlipProblem } from './slip.ts';
export { type BoardVerdict, type EncryptedTally, recomputeTally, verifyBoard } from './tally.ts';
export { type GeneratedTrustee, generateTrustee, parseTrustee, partialDecryption, type TrusteeKey } from './trustee.ts';
export { type BallotFault, type BallotVerdict, parseCredentials, verifyBallot } from './verify.ts';
export { wordCode } from './word.ts';
