package shubbak.peers;

import java.util.Map;

/**
 * A permit: completeness is checked until it is there, three bodies advise in any order, the application is decided.
 * Who acts next and what they find is drawn from a seed; in the long run that is 5 2/3 steps an instance.
 */
final class Permit implements Work {
  private static final double COMPLETE = 0.6;
  private static final double FAVOURABLE = 0.9;
  private static final double GRANTED = 0.85;

  private final Draws draws;

  Permit(Draws draws) {
    this.draws = draws;
  }

  @Override
  public int runInstance(Engine engine) {
    engine.start("Permit", Map.of("application", "A-1"));
    int steps = 0;
    for (; OpenTasks.count() > 0; steps++) {
      OpenTask task = OpenTasks.take((int) (draws.next() * OpenTasks.count()));
      engine.complete(task.id(), outcome(task.activity()));
    }
    return steps;
  }

  private Map<String, Object> outcome(String activity) {
    double drawn = draws.next();
    return switch (activity) {
      case "CheckCompleteness" -> Map.of("complete", drawn < COMPLETE);
      case "DecideOnApplication" -> Map.of("granted", drawn < GRANTED);
      default -> Map.of(activity, drawn < FAVOURABLE ? "favourable" : "unfavourable");
    };
  }
}
