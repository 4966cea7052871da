/** Time as a port, so that tests and simulations can hold it. */
export interface Clock {
  now(): Date;
}
