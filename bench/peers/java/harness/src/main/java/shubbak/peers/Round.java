package shubbak.peers;

/** Instances that were run, and what they took; `wall` in seconds of the clock. */
record Round(int instances, int steps, Processor processor, double wall) {
  static final Round NONE = new Round(0, 0, Processor.NONE, 0);

  /** Instances per second of processor time of all processes. */
  double rate() {
    return instances / processor.total();
  }

  Round and(Round other) {
    return new Round(
        instances + other.instances,
        steps + other.steps,
        processor.and(other.processor),
        wall + other.wall);
  }
}
