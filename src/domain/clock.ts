/** The only source of business time: UTC epoch milliseconds. Tokens, leases and certificates use real time instead. */
export interface Clock {
  now(): number;
}

/** Makes identifiers that are unique for ever and sort roughly by creation. */
export type NewId = () => string;
