package shubbak.peers;

import java.util.Map;

/** Ten user tasks in sequence, without data. */
final class Sequence implements Work {
  private static final int TASKS = 10;

  /** Leaves an instance open at its first task. */
  static void begin(Engine engine) {
    engine.start("Sequence", Map.of());
    OpenTasks.forget();
  }

  @Override
  public int runInstance(Engine engine) {
    engine.start("Sequence", Map.of());
    int steps = 0;
    for (; OpenTasks.count() > 0; steps++) engine.complete(OpenTasks.take(0).id(), Map.of());
    if (steps != TASKS) throw new IllegalStateException(steps + " tasks were completed");
    return steps;
  }
}
