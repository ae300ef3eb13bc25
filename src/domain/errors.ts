import type { JsonObject } from './json.ts';

/**
 * Every refusal of the product: its code (which is also its translation key `error.<CODE>`), the HTTP status it
 * becomes, and when it is thrown. Add new ones here, with their sentence, and in the three locales.
 */
export const ERRORS = {
  // --- input
  /** Thrown when a body, a parameter or a form breaks its schema; `details.errors` lists field, rule and parameters. */
  INVALID_INPUT: 422,
  /** Thrown when a request is not even readable: broken JSON, wrong content type. */
  MALFORMED_REQUEST: 400,
  /** Thrown when a body is larger than the route accepts. */
  PAYLOAD_TOO_LARGE: 413,
  /** Thrown when an address does not exist. */
  ROUTE_NOT_FOUND: 404,
  /** Thrown when an address exists but not with this method. */
  METHOD_NOT_ALLOWED: 405,
  /** Thrown when a page cursor was not issued by this list. */
  INVALID_CURSOR: 400,
  // --- who
  /** Thrown when no valid access token comes with the request. */
  UNAUTHENTICATED: 401,
  /** Thrown when e-mail and password do not match an active account. */
  INVALID_CREDENTIALS: 401,
  /** Thrown when a refresh token is unknown or has expired. */
  INVALID_REFRESH_TOKEN: 401,
  /** Thrown when a refresh token is used a second time: the whole family of tokens is revoked. */
  REFRESH_TOKEN_REUSED: 401,
  /** Thrown when too many attempts came from one address or for one account. */
  TOO_MANY_ATTEMPTS: 429,
  /** Thrown when the one-time secret is wrong, used or expired. */
  INVALID_ACTIVATION_SECRET: 401,
  /** Thrown when the policy does not let this person do this here. */
  FORBIDDEN: 403,
  /** Thrown when somebody signs at a browser without having just given the password again. */
  CONFIRMATION_REQUIRED: 403,
  /** Thrown when the confirmation of a signature is too old, or somebody else's. */
  CONFIRMATION_EXPIRED: 403,
  /** Thrown when an account with this e-mail exists already. */
  EMAIL_TAKEN: 409,
  /** Thrown when an account without an address is taken over and none is given. */
  EMAIL_REQUIRED: 422,
  /** Thrown when the address given at a counter is of an account with another identity number. */
  EMAIL_OF_ANOTHER: 409,
  /** Thrown when a one-time secret is asked for at a counter though the account is already in its holder's hands. */
  ACCOUNT_TAKEN_OVER: 409,
  /** Thrown when a password is shorter than 12 characters or among the commonest. */
  WEAK_PASSWORD: 422,
  /** Thrown when a grant names a role without its body, or a territory that does not exist. */
  INVALID_GRANT: 422,
  /** Thrown when a delegate named by e-mail has no active account of an applicant or architect. */
  DELEGATE_NOT_FOUND: 422,
  /** Thrown when a delegation could never hold: to oneself, twice the same, too many, or over before it begins; `details.reason` says which. */
  INVALID_DELEGATION: 422,
  /** Thrown when a demonstration is asked for in an office that is set up, or an office is set up twice. */
  OFFICE_ALREADY_SET_UP: 409,
  /** Thrown when a body with this identifier exists already. */
  BODY_EXISTS: 409,
  // --- what is not there
  /** Thrown when a dossier does not exist, or not for this person. */
  DOSSIER_NOT_FOUND: 404,
  /** Thrown when a task does not exist, or not for this person. */
  TASK_NOT_FOUND: 404,
  /** Thrown when a document does not exist, or not for this person. */
  DOCUMENT_NOT_FOUND: 404,
  /** Thrown when an account does not exist. */
  ACCOUNT_NOT_FOUND: 404,
  /** Thrown when a body does not exist. */
  BODY_NOT_FOUND: 404,
  /** Thrown when a procedure, version or form does not exist. */
  PROCEDURE_NOT_FOUND: 404,
  /** Thrown when the draft of a procedure does not exist: it may have been published or thrown away. */
  DRAFT_NOT_FOUND: 404,
  /** Thrown when a territory code is not in the reference data. */
  TERRITORY_NOT_FOUND: 404,
  /** Thrown when a remark does not exist, or not for this person. */
  REMARK_NOT_FOUND: 404,
  /** Thrown when a decision does not exist, or not for this person. */
  DECISION_NOT_FOUND: 404,
  /** Thrown when a verification code belongs to no act. */
  VERIFICATION_CODE_NOT_FOUND: 404,
  /** Thrown when an incident does not exist. */
  INCIDENT_NOT_FOUND: 404,
  /** Thrown when a process does not exist, or not in the territory one operates. */
  INSTANCE_NOT_FOUND: 404,
  /** Thrown when an entry of a register does not exist, or not for this person. */
  REGISTER_ENTRY_NOT_FOUND: 404,
  /** Thrown when a notification does not exist for this person. */
  NOTIFICATION_NOT_FOUND: 404,
  /** Thrown when a stored file is missing from the file store. */
  FILE_NOT_FOUND: 404,
  /** Thrown when number and follow-up secret do not belong together; which of them is wrong is not told. */
  FOLLOW_UP_NOT_FOUND: 404,
  /** Thrown when a delegation does not exist, or was given by somebody else. */
  DELEGATION_NOT_FOUND: 404,
  // --- concurrency
  /** Thrown when a task has been completed or cancelled already. */
  TASK_ALREADY_DONE: 409,
  /** Thrown when a task is in somebody else's hands. */
  TASK_TAKEN: 409,
  /** Thrown when a task is released by someone who does not hold it. */
  TASK_NOT_CLAIMED: 409,
  /** Thrown when the ETag given is not the current one. */
  STALE_VERSION: 412,
  /** Thrown when a route that needs If-Match gets none. */
  PRECONDITION_REQUIRED: 428,
  /** Thrown when a creating or completing request carries no Idempotency-Key. */
  IDEMPOTENCY_KEY_REQUIRED: 400,
  /** Thrown when an Idempotency-Key comes back with another body. */
  IDEMPOTENCY_KEY_REUSED: 422,
  /** Thrown when a request with the same Idempotency-Key is still at work. */
  REQUEST_IN_PROGRESS: 409,
  /** Thrown when an instance stays leased by another node for too long. */
  INSTANCE_BUSY: 503,
  /** Thrown when a task cannot be opened: what gives the body that is to do it is no text; an operator can correct the variable. */
  TASK_BODY_UNKNOWN: 409,
  /** Thrown when an incident was resolved already. */
  INCIDENT_ALREADY_RESOLVED: 409,
  /** Thrown when what an incident stopped cannot be taken as done: a person's task, a way out that was not found, or a message with what it would bring; `details.reason` says which. */
  SKIP_NOT_POSSIBLE: 409,
  /** Thrown when an operator intervenes in a process that has ended. */
  INSTANCE_ENDED: 409,
  /** Thrown when what an operator would move waits there no more. */
  TOKEN_NOT_WAITING: 409,
  /** Thrown when a token cannot be put on a flow node by hand, or would pass by a decision or signature; `details.reason` says which. */
  PLACE_NOT_ALLOWED: 422,
  /** Thrown when the engine that runs here lacks an intervention; `details` names both. */
  INTERVENTION_NOT_SUPPORTED: 409,
  // --- documents
  /** Thrown when a file's content is of no accepted type. */
  UNSUPPORTED_FILE_TYPE: 415,
  /** Thrown when a file exceeds 200 MB. */
  FILE_TOO_LARGE: 413,
  /** Thrown when a file has no content. */
  EMPTY_FILE: 422,
  /** Thrown when a file is of an accepted type but broken or encrypted. */
  UNREADABLE_FILE: 422,
  /** Thrown when a piece is not in the procedure's list (law 55-19: only listed pieces). */
  UNKNOWN_PIECE: 422,
  /** Thrown when an upload does not exist, was given up, or is somebody else's. */
  UPLOAD_NOT_FOUND: 404,
  /** Thrown when a part of an upload does not begin where the last one ended (tus: ask for the offset, go on from there). */
  UPLOAD_OFFSET_DIFFERS: 409,
  /** Thrown when an upload is asked to become a document before all of its bytes are there. */
  UPLOAD_UNFINISHED: 409,
  /** Thrown when an account has too many uploads under way. */
  TOO_MANY_UPLOADS: 409,
  // --- the dossier
  /** Thrown when a draft is changed or filed though it is filed already. */
  DOSSIER_NOT_DRAFT: 409,
  /** Thrown when something is asked of a dossier that is still a draft. */
  DOSSIER_NOT_FILED: 409,
  /** Thrown when a remark is answered on a dossier that is no longer under study. */
  REMARK_CLOSED: 409,
  /** Thrown when documents are added while nobody asked for any. */
  DOCUMENTS_NOT_EXPECTED: 409,
  /** Thrown when the architect's signature over the current plans is missing. */
  ARCHITECT_SIGNATURE_MISSING: 422,
  /** Thrown when there is no plan for the architect to sign. */
  NOTHING_TO_SIGN: 422,
  /** Thrown when the architect named on a dossier is no active architect. */
  ARCHITECT_NOT_FOUND: 422,
  /** Thrown when the owner named on a dossier has no account. */
  APPLICANT_NOT_FOUND: 422,
  /** Thrown when a project is classified large, which this procedure does not serve; `details.rule` names the rule. */
  PROJECT_IS_LARGE: 422,
  /** Thrown when a second complement is asked in one round (law 55-19). */
  COMPLEMENT_ALREADY_REQUESTED: 409,
  /** Thrown when a complement is asked for a piece that is not listed (law 55-19). */
  COMPLEMENT_PIECE_NOT_LISTED: 422,
  /** Thrown when an answer leaves out a piece that was asked for. */
  REQUESTED_PIECE_MISSING: 422,
  /** Thrown when a modified project brings no new version of the plans. */
  NEW_PLANS_MISSING: 422,
  /** Thrown when a remark points to a document or page that the dossier does not have. */
  REMARK_TARGET_UNKNOWN: 422,
  /** Thrown when reserves or a refusal come without a remark or reason. */
  REASON_MISSING: 422,
  /** Thrown when the president would deliver without the urban agency's favourable opinion (RGC 35). */
  BINDING_OPINION_MISSING: 409,
  /** Thrown when the president would deliver against an unfavourable opinion of the urban agency (RGC 35). */
  BINDING_OPINION_UNFAVOURABLE: 409,
  /** Thrown when the president would deliver while the urban agency's reserves are not lifted (RGC 38). */
  RESERVES_NOT_LIFTED: 409,
  /** Thrown when a decision lifts reserves though none was made. */
  NO_RESERVES: 409,
  /** Thrown when a payment differs from the tax that was computed. */
  PAYMENT_AMOUNT_DIFFERS: 422,
  /** Thrown when the receipt of a payment was recorded already. */
  RECEIPT_ALREADY_USED: 409,
  /** Thrown when no active body of a kind is competent for the commune. */
  COMMITTEE_BODY_MISSING: 409,
  /** Thrown when a commune has no registry office or no president here: nobody could study the application. */
  COMMUNE_NOT_SERVED: 409,
  /** Thrown when a letter to sign is not ready. */
  DECISION_NOT_READY: 409,
  /** Thrown when nothing is to be seen yet: no receipt, minutes or act exists. */
  NOT_AVAILABLE_YET: 404,
  // --- procedures
  /** Thrown when a procedure is refused at publication; `details.problems` lists element, rule and message. */
  PROCEDURE_REFUSED: 422,
  /** Thrown when a draft says exactly what a version says that is published already. */
  PROCEDURE_UNCHANGED: 409,
  /** Thrown when no version of a procedure is in force on the day. */
  PROCEDURE_NOT_IN_FORCE: 409,
  /** Thrown when a decision table matches no row for its inputs. */
  NO_RULE_MATCHES: 422,
  // --- operation
  /** Thrown when time is moved though the clock is the real one. */
  CLOCK_IS_REAL: 409,
  /** Thrown when the demonstration clock would go backwards. */
  CLOCK_BACKWARDS: 422,
  /** Thrown when a node is shutting down or its store does not answer. */
  UNAVAILABLE: 503,
  /** Thrown for a fault of ours; details are in the log under the request's number. */
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** A refusal that the user is meant to read; everything else is a fault. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: JsonObject;

  constructor(code: ErrorCode, details: JsonObject = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'DomainError';
    this.code = code;
    this.status = ERRORS[code];
    this.details = details;
  }
}

/** One broken rule of one field, as `INVALID_INPUT` lists them; `rule` is a JSON Schema keyword or a rule of ours. */
export interface FieldError {
  /** JSON pointer into the body, `''` for the body itself. */
  field: string;
  rule: string;
  params: JsonObject;
}
