/** Thrown in the transaction of a run whose job or delivery was settled, or claimed anew, since it began. */
export class Superseded extends Error {}
