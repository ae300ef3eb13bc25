package shubbak.peers;

/** What is measured: whole instances, one after the other. */
interface Work {
  /** Runs one instance to its end and tells how many tasks were completed. */
  int runInstance(Engine engine);

  /** What a measure of the benchmark has a client do. */
  static Work of(String measure, int client) {
    return switch (measure) {
      case "step.durable" -> new Sequence();
      case "permit.durable" -> new Permit(new Draws(client));
      default -> throw new IllegalArgumentException("there is no measure " + measure);
    };
  }
}
